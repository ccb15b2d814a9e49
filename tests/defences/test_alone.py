"""Each layer holds by itself: what the one before it would have stopped is put in behind it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import html5lib
import pytest

from plugins.domain import markup, prose
from plugins.domain.addresses import BadAddressError, check_address
from plugins.domain.checks import check_links
from plugins.domain.converting import convert
from plugins.domain.fingerprints import LARGEST, read_fingerprint_text
from plugins.domain.frontmatter import split_front_matter
from plugins.domain.reader import read_brief
from plugins.press.files import TEMPORARY, Folder
from plugins.press.lock import BusyError, hold
from plugins.program.review import LARGEST as MOST_NUMBERS
from plugins.program.review import BadNumbersError, parse_numbers
from tests.domain.broken_briefs import GOOD, NAME
from tests.factories import make_brief
from tests.project import Project, environment
from tests.site_content import write_brief

HOSTILE = (
    '<p onclick="x()">a</p><script>alert(1)</script><iframe src="https://evil.example/"></iframe><svg onload="x()"></svg>'
    '<a href="javascript:x()">b</a><a href="data:text/html,x">c</a><img src="https://evil.example/count.gif"><style>p{}</style>'
    '<form action="https://evil.example/"><input></form><base href="https://evil.example/"><!-- x --><math><mtext></math>'
)
ELEMENTS = re.compile(r"<(?!/?(?:p|a)\b)[^>]*>|\son\w+=|(?:src|action|style)=|javascript:|data:|alert")


def test_the_cleaner_holds_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even if Markdown let everything through, nothing that acts would be published."""
    monkeypatch.setattr(markup, "convert", lambda body: HOSTILE)
    monkeypatch.setattr(markup, "_check_links", lambda *_: ())
    rendered, faults = markup.render_body("Text.", "x.md", 1)
    assert faults == []
    assert rendered is not None
    assert ELEMENTS.findall(rendered.html) == []


def test_the_cleaner_of_prose_holds_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for pages."""
    monkeypatch.setattr(prose, "_to_html", lambda body: HOSTILE)
    monkeypatch.setattr(prose, "_link_problem", lambda href, html: None)
    fields = prose.parse_page("Title: A\n\nText.\n", "x.md", "x", [])
    assert fields is not None
    assert ELEMENTS.findall(fields[3]) == []


@pytest.mark.parametrize("text", ["<div onclick='x'>a</div>", "One <b onclick='x'>two</b>.", "<!-- x -->", "<script>\nx\n</script>"])
def test_raw_html_is_off_before_the_cleaner(text: str) -> None:
    """Markdown alone shows it as text, in blocks and in lines."""
    for body in (text, f"One.\n\n{text}\n\n> {text}\n\n- {text}"):
        names = {element.tag for element in html5lib.parse(convert(body), namespaceHTMLElements=False).iter()}
        assert names <= {"html", "head", "body", "p", "blockquote", "ul", "li"}


def test_brackets_are_counted_before_yaml_is_read() -> None:
    """No parser of YAML sees what would nest it deep: many flat lists are refused as well."""
    front, faults = split_front_matter("---\na: [" + "[x], " * 300 + "x]\n---\n", "x.md")
    assert front is None
    assert [(f.line, f.code, f.message) for f in faults] == [(2, "Y205", "too many opening brackets")]


@pytest.mark.parametrize(("body", "said"), [("a\n" * 1_500, "lines"), ("words in a line\n" * 999 + "w" * 3_000, "characters")])
def test_length_and_lines_of_a_body_are_counted(body: str, said: str) -> None:
    """Short lines by the thousand, or very many characters, are refused, whatever is in them."""
    fault = markup.check_bounds(body, "x.md", 1)
    assert fault is not None
    assert fault.code == "M601"
    assert said in fault.message


def test_the_reader_follows_no_link(tmp_path: Path) -> None:
    """A good brief behind a link is no brief."""
    (tmp_path / "2024").mkdir()
    (tmp_path / "secret.md").write_text(GOOD, "utf-8")
    file = tmp_path / "2024" / NAME
    file.symlink_to(tmp_path / "secret.md")
    reading = read_brief(file, "x.md")
    assert reading.brief is None
    assert [f.code for f in reading.faults] == ["F103"]
    file.unlink()
    file.write_text(GOOD, "utf-8")
    assert read_brief(file, "x.md").faults == ()


@pytest.mark.parametrize("host", ["жpaypal.example", "pay\u03c9pal.example", "a\u05d0.example"])
def test_no_host_mixes_alphabets(host: str) -> None:
    """Also with letters that nobody takes for Latin ones."""
    with pytest.raises(BadAddressError, match="mixes alphabets"):
        check_address(f"https://{host}/")


def test_numbers_of_a_stranger_are_small() -> None:
    """Even numbers of the agreed form, where the file is longer than they need."""
    good = b'{"faults": 0, "warnings": 0, "briefs": [], "pages": 3, "feeds": 2, "preview": null}'
    assert parse_numbers(good).pages == 3
    with pytest.raises(BadNumbersError, match="bytes"):
        parse_numbers(good + b" " * MOST_NUMBERS)


@pytest.mark.parametrize("reference", ["&#x202e;", "&#8203;", "&rlm;", "&#xfeff;"])
def test_no_hidden_character_by_reference(reference: str) -> None:
    """What a reference stands for is held to the rules of what is written out; the line is that of the reference."""
    rendered, faults = markup.render_body(f"One.\n\nTwo {reference} three.", "x.md", 1)
    assert rendered is None
    assert [(f.line, f.code) for f in faults] == [(3, "F106")]


def test_a_dead_link_is_refused() -> None:
    """A link of a body to a page of ours that does not exist."""
    faults = list(check_links(make_brief(links=("/topics/none/",)), lambda url: False, "x.md", lambda id, at: 9))
    assert [(f.line, f.code) for f in faults] == [(9, "M603")]


@pytest.mark.parametrize("kind", ["link", "folder", "large"])
def test_a_fingerprint_is_a_small_regular_file(tmp_path: Path, kind: str) -> None:
    """A link out of the folder is not followed, and nothing endless is read."""
    file = tmp_path / "2024-x.fingerprint.json"
    if kind == "link":
        (tmp_path / "secret").write_text("{}")
        file.symlink_to(tmp_path / "secret")
    elif kind == "folder":
        file.mkdir()
    else:
        file.write_text(" " * (LARGEST + 1))
    text, fault = read_fingerprint_text(file)
    assert text == ""
    assert fault is not None
    assert fault.message == "is no small regular file"


def test_a_link_under_a_temporary_name_is_not_followed(tmp_path: Path) -> None:
    """Who may write into the output folder cannot make a build write elsewhere."""
    secret = tmp_path / "secret"
    secret.write_text("keep")
    Folder(tmp_path / "out").write("a.html", b"old")
    (tmp_path / f"out/a.html{TEMPORARY}").symlink_to(secret)
    with pytest.raises(OSError, match="symbolic link"):
        Folder(tmp_path / "out").write("a.html", b"text")
    assert secret.read_text() == "keep"


@pytest.mark.skipif(os.name != "posix", reason="one person's one build")
def test_a_build_waits_for_the_other(project: Project) -> None:
    """While somebody holds the lock of its cache, a build does nothing; then it does all."""
    before = project.tree()
    project.write("2024-05-05-late", write_brief("Ruritania passes a law on mining", "2024-05-05", "XA", "mining", "passed"))
    with hold(project.root / ".cache"), pytest.raises(BusyError), hold(project.root / ".cache", wait=False):
        pytest.fail("the lock was taken twice")
    with hold(project.root / ".cache"):
        command = [sys.executable, "-m", "plugins.program.cli", "build"]
        build = subprocess.Popen(command, cwd=project.root, env=environment(), stdout=subprocess.DEVNULL)
        time.sleep(4)
        assert build.poll() is None
        assert project.tree() == before
    assert build.wait(60) == 0
    assert (project.root / "output/briefs/2024-05-05-late/index.html").is_file()


MARKED = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'-->]]>{{ 7*7 }}&lt;b&gt;"


def test_text_stays_text_in_everything_published(project: Project) -> None:
    """Markup in every free field of a brief is shown as it is: no page has an element more than one with plain words has."""
    plain, found = "Plain words in this place, as many as a summary needs", {}
    for words in (plain, MARKED):
        project.write("2024-05-05-marked", hostile_brief(words))
        done = project.digest("build")
        assert done.status == 0, done
        pages = [f for f in sorted((project.root / "output").rglob("*.html")) if "2024-05-05-marked" in f.read_text("utf-8")]
        assert len(pages) > 5
        trees = {f.relative_to(project.root): html5lib.parse(f.read_text("utf-8"), namespaceHTMLElements=False) for f in pages}
        found[words] = {path: [(e.tag, sorted(map(str, e.attrib))) for e in tree.iter()] for path, tree in trees.items()}
        shown = "".join(trees[Path("output/briefs/2024-05-05-marked/index.html")].itertext())
        assert shown.count(words) >= 8
    assert found[plain] == found[MARKED]


def hostile_brief(words: str) -> str:
    """A good brief with these words in every free field."""
    scalar = "'" + words.replace("'", "''") + "'"
    head = f"""title: {scalar}
date: 2024-05
date_note: {scalar}
added: 2024-06-01
countries: [XA]
topics: [mining]
stage: passed
summary: {scalar}
sources:
  - url: https://a.example/law
    title: {scalar}
    publisher: {scalar}
    author: {scalar}
    kind: law
dates:
  - on: 2031-01-01
    what: {scalar}
actors: [{scalar}]
revisions:
  - on: 2024-06-02
    kind: correction
    note: {scalar}
ai: none
"""
    return f"---\n{head}---\n" + "A sentence of seven words stands here.\n" * 10


def test_a_name_that_nobody_gave_stops_the_build(project: Project) -> None:
    """A slip in a template ends the build; the site of before stays."""
    before = project.tree()
    template = project.root / "theme/templates/prose.html"
    template.write_text(template.read_text("utf-8").replace("<h1>", "<h1>{{ no_such_name }}"), "utf-8")
    done = project.digest("build")
    assert done.status == 2
    assert "no_such_name" in done.err
    assert project.tree()["about/index.html"] == before["about/index.html"]


def test_nothing_is_published_but_by_the_press(project: Project) -> None:
    """Pelican, which runs the plugins, writes no file of its own, whatever lies in the content folder."""
    (project.root / "content/robots.html").write_text("<title>x</title><script>alert(1)</script>", "utf-8")
    (project.root / "content/pages/imprint.md").write_text("Title: Imprint\n\nWe do.\n", "utf-8")
    (project.root / "content/extra").mkdir()
    (project.root / "content/extra/page.rst").write_text("Page\n####\n\n.. raw:: html\n\n   <b>x</b>\n", "utf-8")
    before = set(project.tree())
    assert project.digest("build").status == 0
    assert set(project.tree()) - before == {"imprint/index.html"}


def test_a_release_with_a_problem_is_not_published(project: Project) -> None:
    """A dead link in a template: the release is looked over, named and not switched in."""
    assert project.digest("publish", "--no-search").status == 0
    template = project.root / "theme/templates/prose.html"
    template.write_text(template.read_text("utf-8").replace("<h1>", '<a href="../nowhere/">x</a><h1>'), "utf-8")
    done = project.digest("publish", "--no-search")
    assert done.status == 2
    assert "about/index.html links to nowhere/index.html, which is not there" in done.out
    assert (project.root / "public").readlink() == Path("releases/000001")
