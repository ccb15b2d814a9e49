"""Addresses that content may cite: complete, http or https, of one host that shows itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.domain.addresses import BadAddressError, canonical_address, check_address, find_tracking, is_shortener, strip_tracking

GOOD = (
    "https://www.example.org/a", "http://example.org", "https://example.org:8443/x?y=1#z", "https://xn--80ak6aa92e.example/", "https://президент.рф/документы",
    "https://example.org/%D0%B7?a=b&c=d", "https://münchen.example/", "https://[2001:db8::1]/x", "https://例え.example/", "https://example.org/a(b)_c~d;e,f'g!h",
)  # fmt: skip
BAD = {
    "javascript:alert(1)": "S501", "data:text/html,x": "S501", "ftp://example.org/": "S501", "//example.org/": "S501", "example.org": "S501", "/briefs/x/": "S501",
    "https://": "S501", "https:///x": "S501", "https:example.org": "S501", "https://user@example.org/": "S501", "https://good.example@evil.example/": "S501",
    "https://example.org:99999/": "S501", "https://example.org:x/": "S501", "https://exa mple.org/": "S501", "https://example.org/<script>": "S501", "https://example.org/a\\b": "S501",
    "https://example.org/\u00a0x": "S501", "https://exa_mple-.org/": "S501", "https://.example.org/": "S501", "https://example..org/": "S501", "https://" + "a" * 64 + ".org/": "S501",
    "https://example.org/" + "a" * 2_000: "S501", "https://р\u0430ypal.example/": "S505", "https://gооgle.example/": "S505", "https://асе.example/": "S505", "https://αpple.example/": "S505",
    "HTTPS://": "S501", "https://[::1": "S501", "mailto:a@example.org": "S501", "": "S501", "https://example.org\x00/": "S501",
}  # fmt: skip


@pytest.mark.parametrize("url", GOOD)
def test_complete_addresses_are_kept_as_they_are(url: str) -> None:
    """Nothing about them is changed, whatever the script of the host."""
    assert check_address(url) == url


@pytest.mark.parametrize("url", BAD)
def test_other_addresses_are_refused(url: str) -> None:
    """The code says which rule, the hint what to do."""
    with pytest.raises(BadAddressError) as caught:
        check_address(url)
    assert caught.value.code == BAD[url]
    assert caught.value.hint


@given(st.text(max_size=60), st.sampled_from(["", "https://", "http://", "https://example.org/", "https://a@", "https://["]))
def test_any_text_is_an_address_or_a_fault(text: str, begin: str) -> None:
    """Never another exception, and never a scheme that runs something."""
    try:
        url = check_address(begin + text)
    except BadAddressError:
        return
    assert url.lower().startswith(("http://", "https://"))
    assert not set(url) & set(" \"'<>\\`".replace("'", ""))


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://example.org/a?utm_source=x&b=1", "https://example.org/a?b=1"),
        ("https://example.org/a?b=1&fbclid=z#part", "https://example.org/a?b=1#part"),
        ("https://example.org/a?UTM_Medium=x", "https://example.org/a"),
        ("https://example.org/a?b=a%2Bb&gclid=", "https://example.org/a?b=a%2Bb"),
        ("https://example.org/a?utmost=1", "https://example.org/a?utmost=1"),
    ],
)
def test_tracking_parameters_go_and_nothing_else(url: str, clean: str) -> None:
    """The other parameters keep their order and their spelling."""
    assert strip_tracking(url) == clean
    assert not find_tracking(clean)
    assert bool(find_tracking(url)) == (url != clean)


def test_shorteners_are_known_by_their_host() -> None:
    """A host that merely ends alike is none."""
    assert is_shortener("https://bit.ly/3xyz")
    assert is_shortener("https://www.tinyurl.com/a")
    assert not is_shortener("https://rabbit.ly/a")
    assert not is_shortener("https://example.org/bit.ly")


def test_equal_pages_have_one_canonical_address() -> None:
    """Scheme, `www`, AMP, tracking, fragment, order of parameters and a slash at the end make no difference."""
    same = (
        "https://www.example.org/a/",
        "http://example.org/a",
        "https://example.org/a/amp/",
        "https://m.example.org/a?utm_source=x#y",
        "https://amp.example.org/a.amp",
    )
    assert len({canonical_address(u) for u in same}) == 1
    assert canonical_address("https://example.org/a?x=1&y=2") == canonical_address("https://example.org/a?y=2&x=1")
    assert canonical_address("https://example.org/a?x=1") != canonical_address("https://example.org/a?x=2")
