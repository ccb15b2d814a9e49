"""Grounding: faults G1 to G4 with their lines, with the source's text and with its fingerprint."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.desk.fingerprint import Fingerprint, parse_fingerprint
from plugins.desk.grounding import Evidence, check_grounding
from plugins.desk.normalise import find_words, split_words
from plugins.desk.passages import TextPassages
from plugins.desk.quotation_marks import find_quotations
from plugins.domain.frontmatter import split_front_matter

SOURCE = """Freedonia puts a levy on the digging of coins

The parliament of Freedonia voted for a levy of 12% on all who dig coins for money, by 61 votes to 40, on 5 June 2024.
Minister Rufus Firefly said: “The levy is small, but it is a start, and nobody who digs at home has to fear it at all.”
The Sylvanian Bank had asked for $240 million from the ministry of trade, which is what the diggers pay for light in one year.
"""
HEAD = """---
title: Freedonia lays a levy on coin diggers
date: 2024-06-05
countries: [US]
summary: >-
  Parliament voted for a levy,
  {summary}
sources:
  - url: https://news.example/one
    publisher: The Daily Gazette
dates:
  - on: 2025
    what: "{what}"
---
"""
FINGERPRINT = parse_fingerprint(Fingerprint.from_text(None, SOURCE).to_json())
EVIDENCE = {"text": Evidence.from_text(SOURCE), "fingerprint": Evidence.from_fingerprint(FINGERPRINT)}


def check(body: str, by: str = "text", summary: str = "and nothing else.", what: str = "Somebody looks at it") -> list[tuple[int, str]]:
    """Lines and codes of the faults of a brief."""
    text = HEAD.format(summary=summary, what=what) + body
    front, faults = split_front_matter(text, "brief.md")
    assert front
    assert not faults
    return [(fault.line, fault.code) for fault in check_grounding(front, "brief.md", EVIDENCE[by], text) if not fault.is_warning]


BODY_LINE = HEAD.count("\n") + 1
both = pytest.mark.parametrize("by", ["text", "fingerprint"])


@both
@pytest.mark.parametrize(
    "line",
    [
        "Those who dig for money will pay 12 percent from now on.",
        "He said: “The levy is small, but it is a start”.",
        'He said: "the levy is small, but it is a start, and nobody".',
        "He said: «nobody who digs ... has to fear it at all».",
        "He said: „The levy is small, [the minister thinks] it is a start“.",
        "A “scare quote” is no quotation.",
        "The parliament in Freedonia had 61 votes for it, and Firefly was glad, The Gazette writes.",
        "A link to [the bill](https://example.org/bill-4711) holds no figures.",
        "1. The first of a list",
        "## A heading",
    ],
)
def test_a_faithful_line_has_no_fault(line: str, by: str) -> None:
    """True quotations in any marks, figures in any spelling and our own words pass."""
    assert check(line + "\n", by) == []


@both
@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("They will pay 13% from now on.", ["G1"]),
        ("They voted on 6 June 2024.", ["G1"]),
        ("They voted on 5 June 2023.", ["G1"]),
        ("The Bank had asked for $264 million and 41 days.", ["G1", "G1"]),
        ("The levy was praised by Otis Driftwood.", ["G2", "G2"]),
        ("He said: “The levy is large, but it is a start”.", ["G3"]),
        ("He said: “The levy is not small, but it is a start”.", ["G3"]),
        ("He said: “small is the levy”.", ["G3"]),
        ("He said: “nobody who digs ... had to fear it at all”.", ["G3"]),
        ("Then the parliament of Freedonia voted for a levy of 12% on all.", ["G4"]),
    ],
)
def test_each_wrong_line_has_its_fault(line: str, codes: list[str], by: str) -> None:
    """Altered figures, dates, names and quotations, and copied runs, are named with their line; all of them."""
    assert check("Own words come first.\n\n" + line + "\n", by) == [(BODY_LINE + 2, code) for code in codes]


@both
def test_summary_and_coming_dates_are_checked_on_their_own_lines(by: str) -> None:
    """In a folded value the fault names the line on which the wrong words stand."""
    assert check("Own words.\n", by, summary="as 99 people wanted.") == [(7, "G1")]
    assert check("Own words.\n", by, what="Chicolini speaks to Groucho") == [(13, "G2")]


@both
def test_a_quotation_over_two_lines_is_one(by: str) -> None:
    """One sentence a line does not break a quotation."""
    assert check("He said: “The levy is small,\nbut it is a start, and nobody”.\n", by) == []
    assert check("He said: “The levy is small,\nbut it is an end, and nobody”.\n", by) == [(BODY_LINE, "G3")]


def test_a_long_name_within_our_own_sentence_is_no_copy() -> None:
    """The title of a law may have ten words; a sentence that is all title may not."""
    title = "Law on the Digging of Coins and the Levy of the Republic of Freedonia"
    evidence = Evidence.from_text(f"They passed the {title} today.")
    for line, found in ((f"It was the day on which the {title} came into being at last.", 0), (f"{title}.", 1)):
        front, _ = split_front_matter(HEAD.format(summary="x", what="y") + line, "b.md")
        assert front
        assert sum(fault.code == "G4" for fault in check_grounding(front, "b.md", evidence)) == found


def test_a_thin_paraphrase_is_a_warning() -> None:
    """A text that keeps more than a fifth of the source's five-word runs is warned of, without a fault."""
    words = SOURCE.split()
    thin = " ".join("still" if i % 9 == 8 else word for i, word in enumerate(words[:60])).replace("“", "")
    front, _ = split_front_matter(HEAD.format(summary="x", what="y") + thin, "b.md")
    assert front
    faults = check_grounding(front, "b.md", EVIDENCE["text"])
    assert [fault.code for fault in faults if fault.is_warning] == ["W809"]


def test_the_hint_shows_the_nearest_passage() -> None:
    """With the text at hand, a wrong quotation is answered with the true one."""
    front, _ = split_front_matter(HEAD.format(summary="x", what="y") + "He said: “The levy is large, but it is a start”.", "b.md")
    assert front
    (fault,) = [f for f in check_grounding(front, "b.md", EVIDENCE["text"]) if f.code == "G3"]
    assert "the levy is small but it is a start" in fault.hint


@given(st.integers(min_value=0, max_value=60), st.integers(min_value=3, max_value=20))
def test_every_passage_of_the_source_can_be_quoted(start: int, length: int) -> None:
    """No true quotation is refused, wherever it is cut."""
    words = SOURCE.replace("“", "").replace("”", "").split()[start : start + length]
    for by in EVIDENCE:
        assert not {"G1", "G2", "G3"} & {code for _, code in check(f"They said: “{' '.join(words)}”\n", by)}


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_body_can_be_checked(body: str, title: str) -> None:
    """The checks never fail, and name only lines that exist."""
    front, _ = split_front_matter(HEAD.format(summary="x", what="y"), "b.md")
    assert front
    changed = type(front)({**front.data, "title": title}, body, BODY_LINE, front.root)
    for evidence in EVIDENCE.values():
        assert all(1 <= fault.line <= BODY_LINE + body.count("\n") for fault in check_grounding(changed, "b.md", evidence))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"one two three"', ["one two three"]),
        ("“one two three” and „four five six“", ["one two three", "four five six"]),
        ("«one two three» 「一二三四五六」", ["one two three", "一二三四五六"]),
        ("‘it’s one of two’ and the miners’ ‘two words’", ["it’s one of two"]),
        ('"two words" then "one two three"', ["one two three"]),
        ('a 5" pipe and no more quotation', []),
        ("“never closed at all", []),
    ],
)
def test_quotations_have_three_words_and_two_marks(text: str, found: list[str]) -> None:
    """Marks of any kind open a quotation; fewer words are a scare quote, and apostrophes close nothing."""
    assert [quotation.text for quotation in find_quotations(text)] == found


@pytest.mark.parametrize(
    ("one", "other"),
    [("12%", "12 percent"), ("The bank’s", "the bank's"), ("U.S.", "US"), ("ＡＢＣ", "abc"), ("5 pct", "5 per cent"), ("naïve", "naïve")],
)
def test_words_are_compared_in_one_form(one: str, other: str) -> None:
    """Case, marks, possessives, width and spellings of per cent make no difference."""
    assert split_words(one) == split_words(other)


@given(st.text(max_size=200))
def test_words_stand_where_they_say(text: str) -> None:
    """Each word has its place in the text, in order."""
    found = find_words(text)
    assert [word.text for word in found] == split_words(text)
    assert all(0 <= word.start < word.end <= len(text) for word in found)


@given(st.lists(st.sampled_from("abcd"), max_size=60), st.lists(st.sampled_from("abcd"), max_size=30))
def test_runs_are_the_longest_ones(source: list[str], words: list[str]) -> None:
    """Every run is in the source, and no longer run was overlooked."""
    runs = TextPassages(source).find_runs(words)
    joined = f" {' '.join(source)} "
    longest = max(
        (j - i for i in range(len(words)) for j in range(i + 3, len(words) + 1) if f" {' '.join(words[i:j])} " in joined), default=0
    )
    assert all(f" {' '.join(words[run.start : run.stop])} " in joined for run in runs)
    assert max((run.stop - run.start for run in runs), default=0) == longest
