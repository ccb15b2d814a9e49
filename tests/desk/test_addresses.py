"""Which addresses are public and which are fit to be cited."""

from __future__ import annotations

import pytest

from plugins.desk.addresses import clean_url, is_public


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:808:808::",
        "3fff::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "no address",
        "",
    ],
)
def test_special_addresses_are_not_public(address: str) -> None:
    """No address of this machine, a local network, a tunnel or a group counts as public."""
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "64:ff9b::808:808"])
def test_public_addresses(address: str) -> None:
    """Ordinary addresses are public, also an IPv4 address behind the well-known NAT64 prefix."""
    assert is_public(address)


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("https://Gazette.example/a?utm_source=x&id=7#part", "https://gazette.example/a?id=7"),
        ("https://gazette.example/a/amp", "https://gazette.example/a"),
        ("https://gazette.example/a/amp/", "https://gazette.example/a/"),
        ("https://gazette.example", "https://gazette.example/"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("data:text/html,x", None),
        ("https://name@gazette.example/", None),
        ("https://gazette.example/a b", None),
        ("//gazette.example/", None),
        ("http://intranet/", None),
        ("", None),
        (None, None),
    ],
)
def test_clean_url(given: str | None, clean: str | None) -> None:
    """An address for the front matter is plain http or https without tracking, fragment and /amp, or none."""
    assert clean_url(given) == clean
