"""Checks over the vocabularies and over all briefs together."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.domain.checks import (
    check_links,
    check_order,
    check_references,
    check_repeats,
    check_replaced,
    check_titles,
    known_addresses,
    name_codes,
)
from plugins.domain.faults import Fault, Severity, sort_faults
from plugins.domain.folders import find_briefs
from plugins.domain.loading import load_vocabulary
from plugins.domain.reader import read_brief
from plugins.domain.stage import Stage
from tests.domain.broken_briefs import GOOD
from tests.factories import make_brief, make_collection, make_vocabulary
from tests.site_content import write_content

WORDS = make_vocabulary()


def line(id: str, at: tuple[str | int, ...]) -> int:
    """Every value stands on line 7."""
    return 7


def said(faults: object) -> list[tuple[str, int, str, str, str]]:
    """Faults as rows."""
    return [(f.path, f.line, f.code, f.message, f.hint) for f in faults]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("changes", "code", "message", "hint"),
    [
        ({"countries": ("RU", "US-NH")}, "V401", "unknown country `US-NH`", "did you mean `US-ND` (North Dakota)?"),
        ({"countries": ("QQ",)}, "V401", "unknown country `QQ`", "write a code such as RU, US-ND, EU or XX-FATF"),
        ({"topics": ("minning",)}, "V402", "unknown topic `minning`", "did you mean `mining`?"),
        ({"topics": ("zzz",)}, "V402", "unknown topic `zzz`", "the topics are mining, payments, russia"),
        ({"measure": "ru-minning-law"}, "V403", "unknown measure `ru-minning-law`", "did you mean `ru-mining-law`?"),
        ({"measure": "zz"}, "V403", "unknown measure `zz`", "add content/measures/zz.md, or leave the key out"),
    ],
)
def test_unknown_words_are_named_with_what_was_meant(changes: dict, code: str, message: str, hint: str) -> None:
    """Close matches are suggested."""
    assert said(check_references(make_brief(**changes), WORDS, "x.md", line)) == [("x.md", 7, code, message, hint)]


def test_known_words_are_no_fault() -> None:
    """A check that refuses everything proves nothing."""
    assert list(check_references(make_brief(countries=("RU", "US-ND"), measure="ru-mining-law"), WORDS, "x.md", line)) == []


@pytest.mark.parametrize(
    ("written", "code"), [("Russia", "RU"), ("russia", "RU"), ("ru", "RU"), ("North Dakota", "US-ND"), ("usa", "US"), ("Atlantis", None)]
)
def test_names_of_countries_get_their_code(written: str, code: str | None) -> None:
    """`Russia`: write `RU`."""
    fault = Fault("x.md", 4, "V401", f"`countries.1`: `{written}` is no country code", "as it was")
    (found,) = name_codes([fault], WORDS)
    assert (f"`{code}`" in found.hint) if code else (found.hint == "as it was")


def test_equal_titles_are_a_fault_of_the_second() -> None:
    """Letter case and blanks make no difference; the order of reading neither."""
    briefs = [make_brief("b", title="Russia  passes a LAW"), make_brief("a", title="Russia passes a law"), make_brief("c", title="Another")]
    shown = {b.id: f"{b.id}.md" for b in briefs}
    for order in (briefs, briefs[::-1]):
        assert said(check_titles(order, shown, line)) == [
            ("b.md", 7, "C701", "has the title of a.md", "say in the title what is special about this one")
        ]


@pytest.mark.parametrize(
    ("titles", "is_fault"),
    [
        (("Loi sur l’épargne", "LOI SUR L’ÉPARGNE"), True),
        (("Straße", "STRASSE"), True),
        (("A law of Kiribati", "A law of \u212airibati"), True),  # the sign of kelvin
        (("Loi sur l’épargne", "Loi sur l’impôt"), False),
        (("A law", "A bill"), False),
        (("A law", "Une loi d’été"), False),
        ((), False),
    ],
)
def test_titles_are_equal_as_readers_take_them(titles: tuple[str, ...], is_fault: bool) -> None:
    """Case and forms of a character, in any script."""
    briefs = [make_brief(f"b{at}", title=title) for at, title in enumerate(titles)]
    assert bool(list(check_titles(briefs, {b.id: f"{b.id}.md" for b in briefs}, line))) is is_fault


def test_replaced_briefs_are_gone_and_replaced_once() -> None:
    """Still there, or replaced twice."""
    briefs = [make_brief("a", replaces=("old", "c")), make_brief("b", replaces=("old",)), make_brief("c")]
    found = said(check_replaced(briefs, {b.id: f"{b.id}.md" for b in briefs}, line))
    assert [(path, code) for path, _, code, *_ in found] == [("a.md", "C702"), ("b.md", "C702")]


def test_a_measure_that_goes_back_is_a_warning() -> None:
    """In force, then a proposal again: perhaps another measure."""
    briefs = [
        make_brief(f"2024-0{n}-01-x", date=f"2024-0{n}-01", stage=s, measure="ru-mining-law")
        for n, s in ((1, Stage.IN_FORCE), (2, Stage.PROPOSAL))
    ]
    found = list(check_order(make_collection(*briefs).briefs, {b.id: f"{b.id}.md" for b in briefs}, line))
    assert [(f.path, f.code, f.severity) for f in found] == [("2024-02-01-x.md", "C704", Severity.WARNING)]
    forward = [
        make_brief(b.id, date=b.date, stage=s, measure="ru-mining-law") for b, s in zip(briefs, (Stage.BILL, Stage.REPEALED), strict=True)
    ]
    assert list(check_order(make_collection(*forward).briefs, {}, line)) == []


def test_addresses_of_ours_are_known() -> None:
    """Briefs, measures, topics, countries and pairs that exist, and nothing else."""
    known = known_addresses(WORDS, ["2024-x"], [("RU", "mining")])
    good = ("/briefs/2024-x/", "/measures/ru-mining-law/", "/topics/mining/", "/countries/russia/", "/countries/russia/mining/")
    bad = (
        "/briefs/2024-y/",
        "/measures/x/",
        "/topics/x/",
        "/countries/x/",
        "/countries/russia/payments/",
        "/weeks/2024-W01/",
        "/",
        "/countries/russia/mining/page/",
        "/briefs/",
    )
    assert [u for u in good if not known(u)] == []
    assert [u for u in bad if known(u)] == []
    assert not known("/countries/norway/"), "a country has a page where briefs, the map or a union tell of it"
    assert [f.code for f in check_links(make_brief(links=("/topics/mining/", "/topics/x/")), known, "x.md", line)] == ["M603"]


def test_faults_are_sorted_and_told_once() -> None:
    """By path, line, code and message."""
    one, two = Fault("a", 2, "B301", "x"), Fault("a", 10, "B301", "x")
    assert sort_faults([two, one, two, Fault("A", 99, "X", "x")]) == [Fault("A", 99, "X", "x"), one, two]


# Vocabularies and folders


def test_the_vocabulary_of_the_mini_site_loads(tmp_path: Path) -> None:
    """Countries by name, topics and measures by title, words with their weights."""
    write_content(tmp_path)
    words, faults = load_vocabulary(tmp_path)
    assert faults == []
    assert [c.name for c in words.countries.values()] == sorted(c.name for c in words.countries.values())
    assert words.topics["mining"].words == (("mine", 2.0), ("hash rate", 3.0))
    assert words.measures["xa-mining-act"].official_id == "Act 7/2024"
    assert words.countries["XX-UNION"].members == ("XA", "XB", "XD")
    assert words.narrower("market")


BROKEN = {
    "topics/x.md|---\ntitle: X\n---\n": "B302",
    "topics/x.md|---\ntitle: X\ndefinition: y\nbroader: no-such\n---\n": "V404",
    "topics/x.md|---\ntitle: X\ndefinition: y\nbroader: x\n---\n": "V404",
    "topics/x.md|---\ntitle: X\ndefinition: y\ncolour: red\n---\n": "B301",
    "topics/x.md|---\ntitle: [X]\ndefinition: y\n---\n": "B303",
    "topics/X.md|---\ntitle: X\ndefinition: y\n---\n": "F101",
    "topics/x.txt|text": "F101",
    "topics/page.md|---\ntitle: X\ndefinition: y\n---\n": "F101",
    "topics/x.md|---\ntitle: X\ndefinition: y\n---\n![x](https://a.example/x.png)": "M603",
    "measures/x.md|---\ntitle: X\ncountries: [XA]\nkind: statute\n---\n": "B306",
    "measures/x.md|---\ntitle: X\ncountries: XA\nkind: law\n---\n": "B303",
    "measures/x.md|---\ntitle: X\ncountries: [XQ]\nkind: law\n---\n": "V401",
    "measures/zz.md|---\ntitle: Ruritanian Mining Act\ncountries: [XA]\nkind: law\n---\n": "V404",
    "measures/xa-mining-act.md|---\ntitle: X\ncountries: [XA]\nkind: law\nurl: javascript:x\n---\n": "S501",
    "measures/x.md|no front matter": "Y201",
    "countries.toml|[XA]\nname = 'X'\n": "V404",
    "countries.toml|not toml": "V404",
    "countries.toml|[XA]\nname='X'\nslug='x'\nkind='state'\n[XB]\nname='Y'\nslug='x'\nkind='state'\n": "V404",
    "countries.toml|[XA]\nname='X'\nslug='x'\nkind='union'\nmembers=['QQ']\n": "V404",
    "countries.toml|[XA]\nname='X'\nslug='page'\nkind='state'\n": "V404",
    "countries.toml|[xa]\nname='X'\nslug='x'\nkind='state'\n": "V404",
    "countries.toml|[XA]\nname='X'\nslug='x'\nkind='kingdom'\n": "V404",
    "countries.toml|XA = 'text'\n": "V404",
    "countries.toml|[XA]\nname=5\nslug='x'\nkind='state'\n": "V404",
    "countries.toml|[XA]\nname='X'\nslug='x'\nkind='state'\ntile=[1]\n": "V404",
}


@pytest.mark.parametrize("case", BROKEN)
def test_broken_vocabularies_are_named(case: str, tmp_path: Path) -> None:
    """A fault that names the file, never an exception."""
    write_content(tmp_path)
    path, text = case.split("|", 1)
    (tmp_path / path).write_text(text, "utf-8")
    _, faults = load_vocabulary(tmp_path)
    assert BROKEN[case] in {f.code for f in faults if f.path == str(tmp_path / path)}, [str(f) for f in faults]


def test_without_a_folder_there_is_no_vocabulary(tmp_path: Path) -> None:
    """An empty content folder is a fault of countries.toml, and nothing worse."""
    words, faults = load_vocabulary(tmp_path)
    assert not words.topics
    assert [f.code for f in faults] == ["V404"]


def _found(folder: Path) -> tuple[list[str], set[tuple[str, str]]]:
    faults: list[Fault] = []
    names = [shown for _, shown in find_briefs(folder, faults, "b")]
    return names, {(f.path, f.code) for f in faults}


def test_only_briefs_lie_in_the_folders_of_briefs(tmp_path: Path) -> None:
    """Links, folders, other files and twins are faults, and are not read."""
    year = tmp_path / "2024"
    for folder in (year, tmp_path / "2025", tmp_path / "drafts", year / "deep"):
        folder.mkdir()
    (year / "2024-a.md").write_text(GOOD)
    (tmp_path / "2025" / "2024-a.md").write_text(GOOD)
    (year / "2024-b.MD").write_text(GOOD)
    (year / "photo.svg").write_text("<svg/>")
    (year / ".hidden").write_text("x")
    (year / "2024-link.md").symlink_to("/etc/passwd")
    (year / "2024-c.fingerprint.json").write_text("{}")
    (year / "2024-a.fingerprint.json").write_text("{}")
    (tmp_path / "2024-loose.md").write_text(GOOD)
    (tmp_path / "drafts" / "2024-d.md").write_text(GOOD)
    names, faults = _found(tmp_path)
    assert names == ["b/2024/2024-a.md"]
    assert faults == {
        ("b/2024/.hidden", "F103"), ("b/2024/2024-b.MD", "F101"), ("b/2024/photo.svg", "F103"), ("b/2024/2024-link.md", "F103"), ("b/2024/deep", "F103"),
        ("b/2024/2024-c.fingerprint.json", "C703"), ("b/2024-loose.md", "F103"), ("b/drafts", "F103"), ("b/drafts/2024-d.md", "F102"), ("b/2025/2024-a.md", "F107"),
    }  # fmt: skip


def test_a_file_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    """Missing, a folder, a link, too large, in the wrong year: never an exception."""
    year = tmp_path / "2024"
    year.mkdir()
    (year / "2024-dir.md").mkdir()
    (year / "2024-link.md").symlink_to(year / "2024-dir.md")
    (year / "2024-big.md").write_bytes(b"x" * 70_000)
    (tmp_path / "2024-x.md").write_text(GOOD)
    named = {
        name: [f.code for f in read_brief(year / name, "x").faults]
        for name in ("2024-none.md", "2024-dir.md", "2024-link.md", "2024-big.md")
    }
    assert named == {"2024-none.md": ["F103"], "2024-dir.md": ["F103"], "2024-link.md": ["F103"], "2024-big.md": ["F104"]}
    assert [f.code for f in read_brief(tmp_path / "2024-x.md", "x").faults] == ["F102"]


def test_one_story_told_twice_is_a_warning() -> None:
    """One measure, one date, one source: perhaps one brief."""
    law = {"date": "2024-05-16", "measure": "ru-mining-law"}
    briefs = [
        make_brief("2024-05-16-b", **law),
        make_brief("2024-05-16-a", **law),
        make_brief("2024-05-16-c", date="2024-05-16"),
        make_brief("2024-05-17-d", **law | {"date": "2024-05-17"}),
    ]
    found = list(check_repeats(briefs, {b.id: f"{b.id}.md" for b in briefs}, line))
    assert [(f.path, f.code, f.severity) for f in found] == [("2024-05-16-b.md", "C705", Severity.WARNING)]


def test_a_misspelt_country_is_guessed_by_its_name() -> None:
    """`Rusia` is met with the code of Russia; a word like none of them keeps the general cure."""

    def fault(written: str) -> Fault:
        return Fault("x.md", 3, "V401", f"`countries.1`: `{written}` is no country code", "write a code")

    words = make_vocabulary()
    assert [f.hint for f in name_codes([fault("Rusia"), fault("Xyzzy")], words)] == ["did you mean `RU` (Russia)?", "write a code"]
