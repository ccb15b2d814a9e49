"""Which network addresses are public, and what a clean web address is."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import quote, urlsplit, urlunsplit

from plugins.domain.addresses import check_address, strip_tracking

# IANA special-purpose registries (IPv4, IPv6) and multicast: nothing that a news page is served from.
_CLOSED_V4 = tuple(
    ipaddress.IPv4Network(net)
    for net in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
_PATH_SAFE = "/?%:@!$&'()*+,;=~-._[]"
_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
_CLOSED_V6 = tuple(
    ipaddress.IPv6Network(net)
    for net in (
        "2001::/23",  # Teredo, ORCHID, benchmarking and other protocol assignments
        "2001:db8::/32",
        "2002::/16",  # 6to4: leads to any IPv4 address
        "3fff::/20",
        "2620:4f:8000::/48",
    )
)


def is_public(address: str) -> bool:
    """Whether an IP address, as a resolver writes it, is one of the public internet."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)))
        return ip.scope_id is None and ip in _GLOBAL_V6 and not any(ip in net for net in _CLOSED_V6)
    return not any(ip in net for net in _CLOSED_V4)


def clean_url(url: str | None) -> str | None:
    """The address without tracking parameters, fragment and a trailing ``/amp``; None unless content may cite it."""
    if not url:
        return None
    try:
        checked = check_address(url.strip())
        parts = urlsplit(strip_tracking(checked))
    except ValueError:
        return None
    host = (parts.hostname or "").lower()
    if "." not in host:
        return None
    path = re.sub(r"(?<=[^/])/amp/?$", "/" if parts.path.endswith("/") else "", parts.path or "/")
    return urlunsplit((parts.scheme, parts.netloc.lower(), quote(path, safe=_PATH_SAFE), quote(parts.query, safe=_PATH_SAFE), ""))
