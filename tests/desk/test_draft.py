"""The draft is valid front matter, filled in only where something is certain, and cannot be published as it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from plugins.desk.article import Article, FoundDate, RefusedInput
from plugins.desk.coming import Coming
from plugins.desk.draft import build_slug, render_draft, render_new, scalar
from plugins.desk.evidence import render_evidence
from plugins.desk.findings import Findings, list_figures
from plugins.desk.suggestion import Suggestion
from plugins.desk.targets import check_free, choose_target, write_draft
from plugins.domain.characters import is_clean
from plugins.domain.frontmatter import split_front_matter
from plugins.domain.reader import parse_brief

ARTICLE = Article(
    path="saved/mining-halls.html",
    text="The bill went to the cabinet in March.",
    full_text="Ruritania Wants Rules\nThe bill went to the cabinet in March.",
    title="Ruritania: The “Rules” For #1 Mining Halls",
    url="https://gazette.example/halls?id=7",
    publisher="Zenda Gazette & Sons: News",
    author="Flavia Tarlenheim",
    date=FoundDate("2026-05-04", "JSON-LD datePublished"),
    language="de",
    is_news=True,
)
FOUND = Findings(
    article=ARTICLE,
    sentences=("The bill went to the cabinet in March.",),
    quotes=(),
    countries=(Suggestion("DE", 0.83, "Germany x6, Berlin"),),
    topics=(Suggestion("mining", 4.0, "mining x3"), Suggestion("payments", 2.0, "pay")),
    stages=(Suggestion("bill", 2.0, "bill, cabinet"), Suggestion("proposal", 1.0, "draft")),
    measures=(Suggestion("de-halls", 3.0, "halls act"),),
    actors=("Ministry of Finance",),
    summary=(0,),
    coming=(Coming("2027-Q1", "applies", "It applies from the first quarter of 2027."),),
    figures=("14%",),
    warnings=(),
)


def draft(found: Findings = FOUND, date: str | None = "2026-05-04") -> str:
    return render_draft(found, date=date, added="2026-11-22", evidence=".cache/evidence/x.txt")


def test_front_matter_is_what_was_certain() -> None:
    """The front matter reads back, with nothing in it that was not certain."""
    front, faults = split_front_matter(draft(), "x.md")
    assert not faults
    assert front is not None
    assert front.data == {
        "status": "draft",
        "title": ARTICLE.title,
        "date": "2026-05-04",
        "added": "2026-11-22",
        "countries": ["DE"],
        "topics": ["mining", "payments"],
        "stage": "",
        "summary": "",
        "sources": [
            {
                "url": ARTICLE.url,
                "title": ARTICLE.title,
                "publisher": ARTICLE.publisher,
                "kind": "press",
                "author": ARTICLE.author,
                "date": "2026-05-04",
                "lang": "de",
            }
        ],
        "ai": "assisted",
    }


def test_stage_is_asked() -> None:
    """The two likely stages stand in a comment above the open field."""
    lines = draft().split("\n")
    at = lines.index("stage:")
    assert lines[at - 1].startswith("# ")
    assert "bill (bill, cabinet) or proposal (draft)" in lines[at - 1]


def test_no_sentence_of_the_source_is_in_the_draft() -> None:
    """The source's sentences go to the evidence, never into the draft."""
    assert FOUND.sentences[0] not in draft()
    assert "first quarter of 2027" not in draft()
    assert FOUND.sentences[0] in render_evidence(FOUND)


def test_draft_is_shown_but_cannot_be_published() -> None:
    """As a draft it has no fault; without its status line open fields and placeholders are faults."""
    raw = draft()
    stem = "2026-05-04-germany-halls"
    assert [fault for fault in parse_brief(raw.encode(), "x.md", stem).faults if not fault.is_warning] == []
    codes = {fault.code for fault in parse_brief(raw.replace("status: draft\n", "").encode(), "x.md", stem).faults}
    assert {"B302", "B311"} <= codes


def test_unknown_stays_open() -> None:
    """What is not known is neither filled in nor guessed; a guessed date is only a comment."""
    bare = replace(
        ARTICLE,
        title=None,
        url=None,
        publisher=None,
        author=None,
        date=None,
        guessed_date=FoundDate("2026-05-05", "a guess"),
        is_news=False,
    )
    text = draft(replace(FOUND, article=bare, countries=(), topics=()), date=None)
    front, _ = split_front_matter(text, "x.md")
    assert front is not None
    assert front.data["date"] == ""
    assert front.data["countries"] == []
    assert front.data["sources"] == [{"url": "", "title": "", "publisher": "", "kind": "", "lang": "de"}]
    assert front.data["title"].startswith("[write")
    assert "2026-05-05" in text


@pytest.mark.parametrize(
    "host", ["www.sec.gov", "www.gov.uk", "eur-lex.europa.eu", "www.bundestag.de", "economie.gouv.fr", "fsc.go.kr", "www.bis.org"]
)
def test_official_hosts_are_not_called_press(host: str) -> None:
    """Who speaks on an official site is asked."""
    found = replace(FOUND, article=replace(ARTICLE, url=f"https://{host}/x"))
    front, _ = split_front_matter(draft(found), "x.md")
    assert front is not None
    assert front.data["sources"][0]["kind"] == ""


@given(st.text(max_size=80))
def test_scalar_reads_back(text: str) -> None:
    """Any text becomes one YAML scalar that reads back as its cleaned self."""
    written = scalar(text)
    assert is_clean(written)
    read = yaml.load(f"key: {written}\n", Loader=yaml.BaseLoader)["key"]
    assert read == (yaml.load(written, Loader=yaml.BaseLoader) if written else "")
    assert "\n" not in written


@given(st.text(max_size=300), st.text(max_size=60))
def test_hostile_words_cannot_leave_their_place(title: str, reason: str) -> None:
    """Whatever a page says in title, author or reasons, the front matter stays closed, its keys known, its text clean."""
    found = replace(
        FOUND,
        article=replace(ARTICLE, title=title, author=title, publisher=reason, guessed_date=FoundDate("2026-05-05", title)),
        countries=(Suggestion("DE", 1.0, reason),),
        stages=(Suggestion("bill", 1.0, title),),
        actors=(title,),
    )
    for date in ("2026-05-04", None):
        text = draft(found, date)
        assert is_clean(text)
        front, faults = split_front_matter(text, "x.md")
        assert not faults
        assert front is not None
        assert set(front.data) <= {"status", "title", "date", "added", "countries", "topics", "stage", "summary", "sources", "ai"}
        assert front.data["stage"] == ""


def test_long_titles_are_cut_at_a_word() -> None:
    """A title longer than a brief's may be is cut; the source keeps it whole."""
    front, _ = split_front_matter(draft(replace(FOUND, article=replace(ARTICLE, title="Ruritania " * 20))), "x.md")
    assert front is not None
    assert len(front.data["title"]) <= 110
    assert front.data["title"].endswith("Ruritania…")


def test_targets(tmp_path: Path) -> None:
    """A draft goes where -o says, else by date and title; without a date the message names --date."""
    briefs, cache = tmp_path / "content" / "briefs", tmp_path / ".cache"
    assert choose_target(ARTICLE, "out/a.md", briefs, None, cache).draft == Path("out/a.md")
    assert choose_target(ARTICLE, "out", briefs, None, cache).draft == Path("out/mining-halls.md")
    target = choose_target(ARTICLE, None, briefs, "2026-05", cache)
    assert target.draft == briefs / "2026" / "2026-05-ruritania-the-rules-for-1-mining-halls.md"
    assert target.fingerprint.name == "2026-05-ruritania-the-rules-for-1-mining-halls.fingerprint.json"
    assert target.evidence.parent == cache / "evidence"
    with pytest.raises(RefusedInput, match="--date"):
        choose_target(ARTICLE, None, briefs, None, cache)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A draft that is there stays unless --force says otherwise; links are never followed."""
    target = choose_target(ARTICLE, str(tmp_path / "a.md"), tmp_path, None, tmp_path / ".cache")
    check_free(target, force=False)
    write_draft(target, "one", "{}", "evidence")
    with pytest.raises(RefusedInput, match="--force"):
        check_free(target, force=False)
    check_free(target, force=True)
    target.draft.unlink()
    target.draft.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(RefusedInput):
        check_free(target, force=True)


def test_slugs() -> None:
    """Slugs have words of the title only, in small ASCII letters, cut at a word."""
    assert build_slug("Côte d’Ivoire: l'État décide") == "cote-divoire-letat-decide"
    assert build_slug("Закон о добыче") == "zakon-o-dobyche"
    assert len(build_slug("word " * 60)) <= 70
    assert build_slug("!!!") == ""


def test_figures_are_listed_as_they_stand() -> None:
    """Figures are shown with their sign of currency and unit."""
    assert list_figures("They hold 12% of it, or roughly $240 billion, since 2021.")[:2] == ("12%", "$240 billion")


def test_new_brief_reads_back() -> None:
    """An empty brief has every key and no fault but what a person must write."""
    text = render_new("Ruritania signs: a law", date="2026-05-04", added="2026-11-22", countries=["DE"], topics=["mining"], measure=None)
    front, faults = split_front_matter(text, "x.md")
    assert not faults
    assert front is not None
    assert front.data["title"] == "Ruritania signs: a law"
