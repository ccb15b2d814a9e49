"""Bytes become text strictly, and text loses what could hide or reorder it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.desk.cleaning import UnreadableText, clean_line, clean_text, decode_page, decode_text, looks_binary
from plugins.domain.characters import is_clean


@given(st.text())
def test_clean_text_is_what_content_may_hold(text: str) -> None:
    """Cleaned text passes the check that content is held to, whatever came in."""
    assert is_clean(clean_text(text).replace("\n", " "))


def test_joiners_stay_where_a_script_needs_them() -> None:
    """The joiners of Persian stay; between Latin letters they go."""
    assert clean_text("می\u200cخواهم") == "می\u200cخواهم"
    assert clean_text("ab\u200ccd") == "abcd"


def test_line_is_folded() -> None:
    """A value for one line has no line breaks and no text is None."""
    assert clean_line(" a\n---\tb\r\n ") == "a --- b"
    assert clean_line("\u200b") is None
    assert clean_line(None) is None


def test_declared_encodings() -> None:
    """A page is read as it declares; UTF-8 wins where the bytes are UTF-8."""
    assert decode_page("Привет".encode("cp1251"), "windows-1251") == "Привет"
    assert decode_page(b'<meta charset="iso-8859-1">\x93Caf\xe9\x94').endswith("“Café”")
    assert decode_page("Café".encode(), "iso-8859-1") == "Café"
    assert decode_text("Café".encode("utf-16")) == "Café"


@pytest.mark.parametrize("charset", ["utf-7", "klingon", "unicode_escape", "zlib_codec", "idna"])
def test_unknown_encodings_are_refused(charset: str) -> None:
    """Encodings that browsers do not know are refused."""
    with pytest.raises(UnreadableText, match="unknown encoding"):
        decode_page(b"caf\xe9", charset)


def test_pages_that_lie_about_utf8() -> None:
    """A few wrong bytes in a page are passed over, many are a reason to refuse."""
    assert "caf" in decode_page(b"<p>" + b"word " * 400 + b"caf\xe9", "utf-8")
    with pytest.raises(UnreadableText):
        decode_page("Ünïcödé ".encode("latin-1") * 50, "utf-8")


def test_binary_is_told() -> None:
    """Zero bytes and control characters make a file binary, UTF-16 with its mark does not."""
    assert looks_binary(bytes(range(256)))
    assert not looks_binary("text".encode("utf-16"))
    assert not looks_binary("Привет\n".encode())
