"""`digest check --fix` mends what has one right answer, and never changes what a brief says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.domain.frontmatter import FrontMatter, split_front_matter
from plugins.domain.reader import parse_brief
from plugins.program.fix import fix_text
from tests.domain.broken_briefs import BODY, CASES, GOOD
from tests.factories import make_vocabulary
from tests.project import Project

WORDS = make_vocabulary()
WORDS = WORDS._replace(topics={id: t for id, t in WORDS.topics.items() if id != "russia"})  # tags have one meaning
PLAIN = GOOD.replace("[DE]", "[RU]").replace("[mining, licensing]", "[mining, payments]")
TITLE = "title: Ruritania plans a register for miners"
STEM = "2024-05-16-ruritania-register"


@dataclass(frozen=True)
class Mend:
    """One broken place, and what it becomes; ``to`` None leaves the file as it is."""

    what: str
    old: str
    new: str
    to: str | None


MENDS = (
    Mend("Pelican's Title", "title: Ruritania", "Title: Ruritania", "title: Ruritania"),
    Mend("a key in capitals", "summary:", "SUMMARY:", "summary:"),
    Mend("a key of a source in capitals", "    publisher:", "    Publisher:", "    publisher:"),
    Mend("a country by name", "countries: [RU]", "countries: [Russia]", "countries: [RU]"),
    Mend("a country without brackets", "countries: [RU]", "countries: RU", "countries: [RU]"),
    Mend("a code in small letters", "countries: [RU]", "countries: [ru, us-nd]", "countries: [RU, US-ND]"),
    Mend("countries by another name", "countries: [RU]", "countries: USA; Norway", "countries: [US, NO]"),
    Mend("a country twice by two names", "countries: [RU]", "countries: [RU, Russia]", "countries: [RU]"),
    Mend("a topic by title", "topics: [mining, payments]", "topics: [Mining, Payments]", "topics: [mining, payments]"),
    Mend("one topic without brackets", "topics: [mining, payments]", "topics: mining", "topics: [mining]"),
    Mend(
        "Pelican's tags",
        "countries: [RU]\ntopics: [mining, payments]",
        "Tags: Russia, mining, Payments",
        "countries: [RU]\ntopics: [mining, payments]",
    ),
    Mend("a date with slashes", "date: 2024-05-16", "date: 2024/05/16", "date: 2024-05-16"),
    Mend("a date with dots", "date: 2024-05-16", 'date: "2024.05.16"', "date: 2024-05-16"),
    Mend("a date in quotes", "date: 2024-05-16", "date: '2024-05-16'", "date: 2024-05-16"),
    Mend("a stage in capitals", "stage: proposal", "stage: Proposal", "stage: proposal"),
    Mend("a stage with a blank", "stage: proposal", "stage: In Force", "stage: in-force"),
    Mend("a label in quotes", "ai: none", 'ai: "Drafted"', "ai: drafted"),
    Mend("tracking parameters", "/2024/register", "/2024/register?utm_source=x&b=1", "/2024/register?b=1"),
    Mend("blanks at the end", "stage: proposal", "stage: proposal   ", "stage: proposal"),
    Mend("blanks at the end of the text", "after the summer.", "after the summer. \t", "after the summer."),
    Mend("no newline at the end", "summer.\n", "summer.", "summer.\n"),
    Mend("newlines at the end", "summer.\n", "summer.\n\n\n", "summer.\n"),
    Mend(
        "two sentences on a line",
        "after the summer.",
        "after the summer. Mr. X said “no.” Then it votes.",
        "after the summer.\nMr. X said “no.”\nThen it votes.",
    ),
    Mend(
        "keys out of order",
        "date: 2024-05-16\ncountries: [RU]\n",
        "countries: [RU]\ndate: 2024-05-16\n",
        "date: 2024-05-16\ncountries: [RU]\n",
    ),
    Mend("lines of Windows", "\n", "\r\n", "\n"),
    Mend("a colon in a title", TITLE, "title: Ruritania: a register", 'title: "Ruritania: a register"'),
    Mend(
        "a colon and quotation marks", TITLE, 'title: Ruritania: a "register" of its own', "title: 'Ruritania: a \"register\" of its own'"
    ),
    Mend("a colon before a comment", TITLE, "title: Ruritania: a register  # mine", 'title: "Ruritania: a register"  # mine'),
    Mend("a tab after a key", "stage: proposal", "stage:\tproposal", "stage: proposal"),
    Mend("empty lines", "after the summer.\n", "after the summer.\n\n\n\nIt votes then.\n", "after the summer.\n\nIt votes then.\n"),
    # left alone: more than one answer, or none
    Mend("an unknown country", "countries: [RU]", "countries: [Atlantis]", None),
    Mend("one of two countries unknown", "countries: [RU]", "countries: [Russia, Atlantis]", None),
    Mend("a misspelt topic", "topics: [mining, payments]", "topics: [minning]", None),
    Mend("an American date", "date: 2024-05-16", "date: 05/16/2024", None),
    Mend("a misspelt key", "summary:", "sumary:", None),
    Mend("both spellings of a key", "title: Ruritania", "Title: Other\ntitle: Ruritania", None),
    Mend("tags of no vocabulary", "stage: proposal", "tags: Russia, gardening\nstage: proposal", None),
    Mend("a comment after a list", "countries: [RU]", "countries: [RU] # Russia", None),
    Mend("an open quotation", "title: Ruritania", 'title: "Ruritania', None),
    Mend("a colon before a doubtful comment", "title: Ruritania", "title: Ruritania: bill #5", None),
    Mend("empty lines in code", "after the summer.\n", "after the summer.\n\n    a\n\n\n    b\n", None),
    Mend("a list over two lines", "countries: [RU]", "countries: [RU,\n  NO]", None),
)


def mend(text: str) -> str | None:
    """The mended text, or None where it is no text that can be mended."""
    raw = fix_text(text.encode(), WORDS)
    return None if raw is None else raw.decode()


@pytest.mark.parametrize("case", MENDS, ids=lambda c: c.what)
def test_a_broken_place_is_mended_and_nothing_else(case: Mend) -> None:
    """Exactly the expected text; mended twice is mended once."""
    everywhere = case.old == "\n"
    assert case.old in PLAIN
    broken = PLAIN.replace(case.old, case.new) if everywhere else PLAIN.replace(case.old, case.new, 1)
    wanted = broken if case.to is None else PLAIN.replace(case.old, case.to) if everywhere else PLAIN.replace(case.old, case.to, 1)
    found = mend(broken)
    assert (found if found is not None else broken) == wanted
    if found is not None:
        assert mend(found) == found
    assert len([c for c in MENDS if c.to is not None]) >= 15


def test_a_good_brief_stays_as_it_is() -> None:
    """To the byte."""
    assert mend(PLAIN) == PLAIN


MEANING = {
    "a hard line break": "One line.  \nThe next.\n",
    "code with blanks": "    code   \n    more\n",
    "a line that looks like a key": "Title: not a key\nTags: Russia, mining\n",
    "rules of hyphens": "One\n\n---\n\nTwo\n",
}


@pytest.mark.parametrize("what", MEANING)
def test_the_text_keeps_its_words(what: str) -> None:
    """Nothing of a body but blanks at the ends of lines is touched."""
    found = mend(PLAIN.replace(BODY, BODY + MEANING[what]))
    assert found is not None
    front, _ = split_front_matter(found, "x")
    assert front is not None
    assert front.body.split() == (BODY + MEANING[what]).split()


def _front(text: str) -> FrontMatter | None:
    return split_front_matter(text.replace("\r\n", "\n"), "x")[0]


SUMMARY = "summary: The ministry of finance proposes a register for miners and a duty to report their use of power."


@pytest.mark.parametrize(
    "folded",
    [
        "summary: >-\n  The ministry\n  Url: https://x.example/?utm_source=1\n  Publisher: of finance",
        "summary: |\n  countries: RU\n  date: 2024/05/16",
        'summary: "a\n  Title: b"',
    ],
)
def test_folded_texts_are_not_taken_for_keys(folded: str) -> None:
    """What stands in a text of several lines is text."""
    broken = PLAIN.replace(SUMMARY, folded)
    found, before = mend(broken), _front(broken)
    assert found is not None
    after = _front(found)
    assert before is not None
    assert after is not None
    assert after.data == before.data


edits = st.lists(
    st.tuples(st.integers(0, len(PLAIN)), st.integers(0, 6), st.sampled_from(["", " ", "\n", "  \n", ":", "- ", "Title: x\n", "[", "]", '"', "'", "#", "\t", "Tags: Russia, mining\n", "\r\n", "---\n", "ü", "RU", "date: 2024/05/16\n", "|", ">-\n"])),
    min_size=1,
    max_size=5,
)  # fmt: skip


def _edit(changes: list[tuple[int, int, str]]) -> str:
    text = PLAIN
    for at, gone, new in changes:
        text = text[:at] + new + text[at + gone :]
    return text


@given(edits)
def test_a_mend_never_makes_a_file_worse(changes: list[tuple[int, int, str]]) -> None:
    """What could be read still can; no fault of another kind appears; mended twice is mended once; the words of the text stay."""
    text = _edit(changes)
    found = mend(text)
    if found is None:
        return
    assert mend(found) == found
    before, after = parse_brief(text.encode(), "x", STEM), parse_brief(found.encode(), "x", STEM)
    assert {f.code for f in after.faults} <= {f.code for f in before.faults} | {"B307"}
    if before.brief is not None:
        assert after.brief is not None
        assert after.brief.detail() == before.brief.detail() or "utm" in text
        assert (after.brief.title, after.brief.summary, after.brief.date) == (before.brief.title, before.brief.summary, before.brief.date)
    if before.front is not None:
        assert after.front is not None
        assert after.front.body.split() == before.front.body.split()


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.what)
def test_no_broken_brief_gets_worse(case: object) -> None:
    """The broken briefs of the reader's tests, mended: never a fault more."""
    raw = case.content()  # type: ignore[attr-defined]
    found = fix_text(raw, WORDS)
    if found is not None:
        assert len(parse_brief(found, "x", STEM).faults) <= len(parse_brief(raw, "x", STEM).faults)


def test_files_are_mended_in_place(project: Project) -> None:
    """Each mended file is named; the others, links and files outside are not touched; the status is that of what is left."""
    file = project.file("2024-03-norvania-plan")
    project.edit(file, "countries: [XC]", "countries: Norvania")
    other = project.file("2024-02-29-argent-enforcement").read_bytes()
    secret = project.root / "secret.md"
    secret.write_text("Title: x  \n")
    (project.root / "content/briefs/2024/2024-link.md").symlink_to(secret)
    done = project.digest("check", "--fix", "content/briefs/2024/2024-03-norvania-plan.md", "content/briefs/2024/2024-link.md")
    assert "mended content/briefs/2024/2024-03-norvania-plan.md" in done.err.splitlines()
    assert "countries: [XC]" in file.read_text("utf-8")
    assert project.file("2024-02-29-argent-enforcement").read_bytes() == other
    assert secret.read_text() == "Title: x  \n"
    assert done.status == 1, "the link is a fault"
    assert list(Path(file.parent).glob("*.part")) == []


def test_links_are_not_followed(project: Project) -> None:
    """A link where the mended file is prepared, and a year that is a link to another folder, lead nowhere."""
    outside = project.root / "outside"
    outside.mkdir()
    note = outside / "2024-note.md"
    note.write_text("---\nTitle: mine  \n---\n")
    secret = project.root / "secret"
    secret.write_text("mine")
    file = project.file("2024-03-norvania-plan")
    project.edit(file, "countries: [XC]", "countries: Norvania")
    file.with_name(file.name + ".part").symlink_to(secret)
    (project.root / "content/briefs/1999").symlink_to(outside)
    project.digest("check", "--fix")
    assert secret.read_text() == "mine"
    assert note.read_text() == "---\nTitle: mine  \n---\n"
    assert "countries: [XC]" in file.read_text("utf-8")
