"""Text from outside, made fit to be shown and stored: no control, bidi or invisible characters, bytes decoded strictly."""

from __future__ import annotations

import codecs
import re
import unicodedata

from plugins.domain.characters import find_forbidden

# Encodings that browsers refuse, or that are no encodings of text.
_REFUSED_CODECS = frozenset({"utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"})
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_JOINERS = re.compile("[\u200c\u200d\ufe0e\ufe0f]")
_MOST_COMBINING = 4
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_MOST_REPLACED = 0.002  # share of characters that may be wrong in a page that says it is UTF-8


class UnreadableText(ValueError):
    """Bytes that are no text; the message says why."""


def clean_text(text: str) -> str:
    """The text in NFC with ``\\n`` line ends, without the characters that content may not hold."""
    text = _BREAKS.sub("\n", text).replace("\t", " ")
    if text.isascii() and not _CONTROL.search(text):
        return text
    text = _cut_stacks(unicodedata.normalize("NFC", text))
    for _ in range(3):  # what stood beside a character that went may have lost its reason
        gone = frozenset(at for at, _ in find_forbidden(text))
        if not gone:
            return text
        text = "".join(char for at, char in enumerate(text) if at not in gone)
    return _JOINERS.sub("", text)


def _cut_stacks(text: str) -> str:
    """The text with at most four combining marks on one character."""
    kept, run = [], 0
    for char in text:
        run = run + 1 if char > "\u02ff" and unicodedata.combining(char) else 0
        if run <= _MOST_COMBINING:
            kept.append(char)
    return "".join(kept)


def clean_line(text: str | None) -> str | None:
    """The text on one line with single spaces; None for no text."""
    return (" ".join(clean_text(text).split()) or None) if text else None


def looks_binary(data: bytes) -> bool:
    """Whether the bytes are no text in any encoding that is read here."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    head = data[:65_536]
    return b"\0" in head or sum(byte < 9 or (13 < byte < 32 and byte != 27) for byte in head) > len(head) / 100


def decode_text(data: bytes) -> str:
    """Pasted text: UTF-8, or UTF-16 with its byte order mark. Raises UnreadableText."""
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        raise UnreadableText("unknown encoding; save it as UTF-8") from reason


def decode_page(data: bytes, charset: str | None = None) -> str:
    """A page as UTF-8 where it is that, else as it or its server declares, else as its bytes look. Raises UnreadableText."""
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode_text(data)
    declared = charset
    if declared is None and (found := _META_CHARSET.search(data[:4096])):
        declared = found[1].decode("ascii")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if declared is None:
        return _decode_guessed(data)
    name = _codec_name(declared)
    if name == "utf-8":
        text = data.decode("utf-8", "replace")
        if text.count("\ufffd") > _MOST_REPLACED * len(text):
            raise UnreadableText("unknown encoding: it says UTF-8 and is not")
        return text
    try:
        return data.decode(name)
    except UnicodeDecodeError as reason:
        raise UnreadableText(f"unknown encoding: it says {declared[:40]} and is not") from reason


def _codec_name(declared: str) -> str:
    try:
        found = codecs.lookup(declared)
        "".encode(found.name)
    except LookupError as reason:
        raise UnreadableText(f"unknown encoding {declared[:40]!r}") from reason
    if found.name.replace("_", "-") in _REFUSED_CODECS:
        raise UnreadableText(f"unknown encoding {declared[:40]!r}")
    # Browsers read these two as windows-1252 (WHATWG Encoding Standard).
    return "cp1252" if found.name in ("iso8859-1", "ascii") else found.name


def _decode_guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes  # comes with trafilatura; slow to load, seldom needed

    best = from_bytes(data[:200_000]).best()
    if best is None:
        raise UnreadableText("unknown encoding; save it as UTF-8")
    try:
        return data.decode(best.encoding)
    except UnicodeDecodeError as reason:
        raise UnreadableText("unknown encoding; save it as UTF-8") from reason
