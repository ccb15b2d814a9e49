"""Web addresses that content may cite (RFC 3986, WHATWG URL; TR39 for mixed scripts)."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

LONGEST = 2_000  # characters: what browsers and servers agree on
_BAD = re.compile(r"[\s\\^`{|}<>\"\x00-\x20\x7f-\x9f]")
# What needs no closer look: a plain host name of letters, digits and hyphens with a top level of letters, no port, no user.
_PLAIN = re.compile(r"https?://(?:[a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?\.)+[a-z]{2,20}(?:/[A-Za-z0-9/._~%+:=&?#!$'(),;@*\[\]-]*)?", re.ASCII)
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|li_fat_id|igshid|igsh|mc_[ce]id|_hsenc|_hsmi|hsctatracking"
    r"|mkt_tok|oly_\w+_id|vero_\w+|_openstat|ocid|spm|scm|cmpid|ncid|sr_share|smid|smtyp|guccounter|guce_\w+|__twitter_impression|ref_src|ref_url",
    re.IGNORECASE,
)
_SHORTENERS = frozenset(
    "bit.ly t.co tinyurl.com goo.gl ow.ly buff.ly is.gd v.gd rb.gy cutt.ly t.ly lnkd.in dlvr.it trib.al fb.me shorturl.at "
    "tiny.cc bitly.com rebrand.ly s.id soo.gd clck.ru u.to amzn.to youtu.be wp.me ift.tt flip.it apple.news".split()
)
_HOST = re.compile(r"(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)


class BadAddressError(ValueError):
    """An address that content may not cite; ``code`` names the rule."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.hint = code, hint


def check_address(url: str) -> str:
    """The address, if it is a complete http or https address of one public-looking host.

    Raises BadAddressError otherwise (S501, S505).
    """
    if len(url) < 500 and _PLAIN.fullmatch(url):
        return url
    hint = "give the complete address of the page, beginning with https://"
    if len(url) > LONGEST:
        raise BadAddressError("S501", f"an address of {len(url):,} characters", hint)
    if _BAD.search(url):
        raise BadAddressError("S501", f"`{url}` holds blanks or characters that no address has", "copy the address from the browser again")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise BadAddressError("S501", f"`{url}` is no address ({error})", hint) from error
    if parts.scheme not in ("http", "https") or not url.lower().startswith(f"{parts.scheme}://"):
        raise BadAddressError("S501", f"`{url}` is no http or https address", hint)
    if "@" in parts.netloc:
        raise BadAddressError("S501", f"`{url}` hides its host behind a user name", "take out everything between // and @")
    if port is not None and not 0 < port < 65536:
        raise BadAddressError("S501", f"`{url}` has an impossible port", "take the port out")
    check_host(parts.hostname or "", url)
    return url


def check_host(host: str, url: str) -> str:
    """The host as ASCII (IDNA). Raises BadAddressError for an empty, odd or mixed-script host."""
    if not host:
        raise BadAddressError("S501", f"`{url}` has no host", "give the complete address of the page, beginning with https://")
    if not host.isascii():
        for label in host.split("."):
            if len(_scripts(label)) > 1 or (_scripts(label) - {"LATIN"} and not _is_whole_script(host)):
                raise BadAddressError(
                    "S505",
                    f"the host of `{url}` mixes alphabets or imitates Latin letters",
                    "write the host in its xn-- form if it is meant so",
                )
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError as error:
            raise BadAddressError("S501", f"`{url}` has a host that is no host name", "copy the address from the browser again") from error
    if not _HOST.fullmatch(host.lower().rstrip(".")) and not _is_ip6(host):
        raise BadAddressError("S501", f"`{url}` has a host that is no host name", "copy the address from the browser again")
    return host


def _is_ip6(host: str) -> bool:
    return ":" in host and bool(re.fullmatch(r"[0-9a-fA-F:.]+", host))


def _scripts(label: str) -> set[str]:
    names = {unicodedata.name(c, "? ").split()[0] for c in label if c.isalpha()}
    return {"EAST ASIAN" if name in _EAST_ASIAN else name for name in names}


# Scripts that one word of Chinese, Japanese or Korean mixes (UTS 39, section 5.2).
_EAST_ASIAN = frozenset({"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "BOPOMOFO"})


# Whole-script look-alikes: letters of these alphabets that read as Latin ones.
_LOOKALIKES = frozenset("аеорсухіјѕһԁԛԝьґӏкмтпгѵѡүѳ" + "αεορυνικτχ")


def _is_whole_script(host: str) -> bool:
    """Whether a host in another alphabet has letters that cannot be taken for Latin ones."""
    letters = [c for c in host.lower() if c.isalpha() and not c.isascii()]
    return any(c not in _LOOKALIKES for c in letters)


def find_tracking(url: str) -> tuple[str, ...]:
    """The names of the tracking parameters of an address."""
    return tuple(k for k, _ in parse_qsl(urlsplit(url).query, keep_blank_values=True) if _TRACKING.fullmatch(k))


def strip_tracking(url: str) -> str:
    """The address without its tracking parameters."""
    if not find_tracking(url):
        return url
    parts = urlsplit(url)
    kept = [p for p in parts.query.split("&") if not _TRACKING.fullmatch(p.split("=", 1)[0])]
    return urlunsplit(parts._replace(query="&".join(kept)))


def is_shortener(url: str) -> bool:
    """Whether the host is a link shortener."""
    return (urlsplit(url).hostname or "").removeprefix("www.") in _SHORTENERS


def canonical_address(url: str) -> str:
    """A key that is equal for equal pages: no scheme, ``www``, ``/amp``, fragment, tracking or trailing slash."""
    parts = urlsplit(url.strip())
    query = urlencode(
        sorted(
            (k, v)
            for k, v in parse_qsl(parts.query, keep_blank_values=True)
            if not _TRACKING.fullmatch(k) and k not in ("amp", "outputType")
        )
    )
    host = (parts.hostname or "").removeprefix("www.").removeprefix("amp.").removeprefix("m.")
    path = re.sub(r"(?:/amp|\.amp)?/*$", "", parts.path)
    return host + path + (f"?{query}" if query else "")


_MAIL = re.compile(r"mailto:[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)


def is_of_others(href: str) -> bool:
    """Whether a link of a text leads to somebody else: http, https or mailto."""
    return href.startswith(("http://", "https://")) or bool(_MAIL.fullmatch(href))


def find_problem(href: str) -> tuple[str, str, str] | None:
    """Code, message and cure of what is wrong with such a link, or None."""
    try:
        if not href.startswith("mailto:"):
            check_address(href)
    except BadAddressError as error:
        return error.code, str(error), error.hint
    return None
