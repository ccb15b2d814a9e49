"""Quotations, sentences worth reading, dates ahead and languages, as a draft offers them."""

from __future__ import annotations

import pytest

from plugins.desk.coming import find_coming_dates
from plugins.desk.datelines import parse_stated_date
from plugins.desk.language import detect_language, parse_language_tag
from plugins.desk.quotes import find_quotes
from plugins.desk.sentences import split_text
from plugins.desk.summary import choose_sentences
from tests.desk.pages import BODY


@pytest.mark.parametrize(
    ("block", "text", "speaker"),
    [
        ("“The bill is ready for the cabinet,” said Rudolf Elphberg on Monday.", "The bill is ready for the cabinet", "Rudolf Elphberg"),
        ("According to Antoinette Mauban, “nobody will pay this levy at all”.", "nobody will pay this levy at all", "Antoinette Mauban"),
        ("Fritz Tarlenheim spoke first. “We will vote in June,” he said.", "We will vote in June", "Fritz Tarlenheim"),
        ("Sapt warned the house. “It will cost the crown dearly.”", "It will cost the crown dearly.", "Sapt"),
        (
            "Le ministre Michel Strelsau a déclaré : « la loi entre en vigueur demain ».",
            "la loi entre en vigueur demain",
            "Michel Strelsau",
        ),
        ("The sign read “no machines in the cellar” for years.", "no machines in the cellar", None),
    ],
)
def test_speakers(block: str, text: str, speaker: str | None) -> None:
    """A quotation has the person nearest to the verb of saying, a pronoun the one named last, or nobody."""
    quotes = find_quotes((block,))
    assert [quote.text.strip(" .") for quote in quotes] == [text.strip(" .")]
    assert quotes[0].speaker == speaker


def test_scare_quotes_are_no_quotations() -> None:
    """Marks around fewer than three words quote nobody."""
    assert find_quotes(("The ministry promised “special rules” for them, said Rudolf Elphberg.",)) == ()


def test_summary_sentences_keep_the_order_of_the_text() -> None:
    """The sentences to read first come from the whole text, in its order, and the same every time."""
    sentences = split_text(BODY)
    chosen = choose_sentences(sentences, "en")
    assert len(chosen) == 4
    assert list(chosen) == sorted(chosen)
    assert chosen[0] == 0
    assert chosen == choose_sentences(sentences, "en")
    assert choose_sentences([], "en") == ()


@pytest.mark.parametrize(
    ("sentence", "on"),
    [
        ("The law enters into force on 1 July 2027.", "2027-07-01"),
        ("The rules apply from January 2028 for all banks.", "2028-01"),
        ("Comments are due by March 3rd, 2027.", "2027-03-03"),
        ("It is expected in the third quarter of 2027.", "2027-Q3"),
        ("The levy starts in 2029 at the latest.", "2029"),
        ("The register takes effect in the second half of 2027.", "2027-H2"),
        ("La ley entrará en vigor el 1 de julio de 2027.", "2027-07-01"),
        ("Das Gesetz tritt am 1. Januar 2027 in Kraft.", "2027-01-01"),
        ("Закон вступает в силу 1 сентября 2027 года.", "2027-09-01"),
        ("法律は2027年4月1日から施行される。", "2027-04-01"),
    ],
)
def test_dates_ahead_keep_their_precision(sentence: str, on: str) -> None:
    """A date beside a cue is found as exactly as it is stated."""
    assert [date.on for date in find_coming_dates([sentence], "2026-05-04")] == [on]


@pytest.mark.parametrize(
    "sentence",
    [
        "The law took effect on 1 July 2020.",
        "It will apply soon.",
        "He said that it has worked since 1999.",
        "The house will vote on 30 February 2027 on section 12.",
    ],
)
def test_no_dates_are_made_up(sentence: str) -> None:
    """Past days, relative days and days that do not exist are left out."""
    assert [date.on for date in find_coming_dates([sentence], "2026-05-04") if date.on != "2027-02"] == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("May 4, 2026", "2026-05-04"),
        ("4 de mayo de 2026", "2026-05-04"),
        ("4. Mai 2026", "2026-05-04"),
        ("2026年5月4日", "2026-05-04"),
        ("Published Mon, 4 May 2026 10:00", "2026-05-04"),
        ("May 4", None),
        ("04/05/2026", None),
        ("31 June 2026", None),
    ],
)
def test_datelines(text: str, day: str | None) -> None:
    """A dateline gives a day only where its year is there and day and month cannot change places."""
    assert parse_stated_date(text) == day


def test_languages() -> None:
    """A language is told by script and stop words, or not at all."""
    assert detect_language(" ".join(BODY)) == "en"
    assert detect_language("정부는 목요일 디지털 자산 채굴에 관한 법안을 국회에 제출했다고 밝혔다.") == "ko"
    assert detect_language("Blorp zint qarl fumex drath oliv krint smoop varl.") is None
    assert parse_language_tag("pt-BR") == "pt"
    assert parse_language_tag("x") is None
