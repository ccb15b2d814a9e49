"""PDF with a text layer are read, others refused."""

from __future__ import annotations

import pytest

from plugins.desk.article import RefusedInput
from plugins.desk.pdf import read_pdf
from tests.desk.pages import pdf_file

LINES = [
    "Law on the halls of miners",
    "Article 1. This law sets the terms on which halls for the mining of",
    "tokens may take power from the public grid of the kingdom, and the du-",
    "ties of those who run them.",
    "Article 2. Whoever runs such a hall tells the ministry of its size and",
    "of the power that it uses before the end of each year.",
    "12",
]


def test_text_layer_is_reflowed() -> None:
    """Lines become paragraphs, hyphens at line ends close, page numbers go."""
    article = read_pdf(pdf_file(LINES), "law.pdf")
    assert article.title == "Law on the halls of miners"
    assert "and the duties of those who run them." in article.text
    assert "\n12" not in article.text
    assert article.language == "en"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"no pdf at all", "not a PDF"),
        (b"%PDF-1.7\n", "PDF|text layer"),
        (pdf_file([]), "no text layer"),
        (pdf_file(LINES)[:300], "PDF|text layer"),
    ],
)
def test_bad_files_are_refused_in_one_line(data: bytes, said: str) -> None:
    """Empty, damaged and scanned files are refused with one clear line."""
    with pytest.raises(RefusedInput, match=said) as refusal:
        read_pdf(data, "law.pdf")
    assert str(refusal.value).isprintable()
