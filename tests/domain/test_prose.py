"""Prose pages: closed names and keys, bounded and sanitised bodies, and links that lead somewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.domain.faults import Fault
from plugins.domain.markup import ROOT
from plugins.domain.prose import FILES, INTRODUCED, MADE, Page, check_pages, load_pages, parse_page
from tests.project import Project

GOOD = "Title: Imprint\nSummary: Who publishes this.\n\nWe do. See [how](/method/).\n"


def page(body: str) -> str:
    """The HTML of a body without faults."""
    faults: list[Fault] = []
    fields = parse_page(f"Title: T\n\n{body}", "x.md", "x", faults)
    assert [str(f) for f in faults if not f.is_warning] == []
    assert fields is not None
    return str(fields[3])


def faults_of(text: str) -> list[tuple[int, str]]:
    """Line and code of each fault of a file ``x.md``; none leaves a page, and each says what to do."""
    faults: list[Fault] = []
    fields = parse_page(text, "x.md", "x", faults)
    bad = [f for f in faults if not f.is_warning]
    assert (fields is None) == bool(bad)
    assert all(f.hint for f in bad)
    return [(f.line, f.code) for f in bad]


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("## Who we are", '<h2 id="who-we-are">Who we are</h2>'),
        ("# One\n\n#### Deep", '<h2 id="one">One</h2>\n<h3 id="deep">Deep</h3>'),
        ("```\na <b> c\n```", "<pre><code>a &lt;b&gt; c\n</code></pre>"),
        ("```python\na\n```", "<pre><code>a\n</code></pre>"),
        ("`![a](b)`", "<p><code>![a](b)</code></p>"),
        ("[x](/data/briefs.csv)", f'<p><a href="{ROOT}data/briefs.csv">x</a></p>'),
        ("[x](/about/#who)", f'<p><a href="{ROOT}about/#who">x</a></p>'),
        ("[x](https://a.example/?b=1&c=2)", '<p><a href="https://a.example/?b=1&amp;c=2">x</a></p>'),
        ("<https://a.example/>", "<p>&lt;https://a.example/&gt;</p>"),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("[TOC]", "<p>[TOC]</p>"),
    ],
)
def test_documented_markdown_is_rendered(body: str, shown: str) -> None:
    """Headings with addresses, code, tables, links; raw HTML, autolinks, classes and attribute lists are text or nothing."""
    assert page(body) == shown


def test_cells_keep_their_alignment_as_a_class() -> None:
    """A style attribute would be refused by the pages' content security policy."""
    shown = page("| a | b |\n|:--|--:|\n| 1 | 2 |")
    assert '<th class="left">a</th>' in shown
    assert '<td class="right">2</td>' in shown
    assert "style=" not in shown


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Just text.\n", [(1, "Y202"), (1, "Y201")]),
        ("", [(1, "Y201")]),
        ("Slug: x\n\nText.\n", [(1, "B302")]),
        ("Title:\n\nText.\n", [(1, "B302")]),
        ("Title: A\nTemplate: ../../x\nSave_as: index.html\nStatus: hidden\n\nText.\n", [(2, "B301"), (3, "B301"), (4, "B301")]),
        ("Title: A\ntitle: B\n\nText.\n", [(2, "Y203")]),
        ("Title: A\n    more of it\n\nText.\n", [(2, "Y202")]),
        ("Title: A\nSlug: ../y\n\nText.\n", [(2, "B303")]),
        (f"Title: {'A' * 111}\nSummary: {'b' * 301}\n\nText.\n", [(1, "B304"), (2, "B304")]),
        (f"Title: A\n\n{'word ' * 4000}", [(3, "M601")]),
        (f"Title: A\n\nText\n{'[' * 700}", [(4, "M601")]),
        ("Title: A\n\nText\n\n[x](javascript:alert(1))", [(5, "M603")]),
        ("Title: A\n\n[x](JaVaScRiPt:alert(1)) [y](data:text/html,x) [z](//evil.example/)", [(3, "M603")] * 3),
        ("Title: A\n\n[x](&#106;avascript:alert(1))", [(3, "M603")]),
        ("Title: A\n\n[x](../../x) [y](x.html) [z]({filename}about.md) [w](/../x/)", [(3, "M603")] * 4),
        ("Title: A\n\n[x](#nowhere)", [(3, "M603")]),
        ("Title: A\n\n[x](https://user@a.example/)", [(3, "S501")]),
        ("Title: A\n\nOne.\n\n![x](https://a.example/count.gif)", [(5, "M603")]),
        ("Title: A\n\nOne.\n\n![x][y]\n\n[y]: https://a.example/count.gif", [(5, "M603")]),
        ("Title: A\n\nOne &#x202e; two.", [(3, "F106")]),
    ],
)
def test_faults(text: str, found: list[tuple[int, str]]) -> None:
    """Each with its line, its code and a cure; a page with one is not published."""
    assert faults_of(text) == found


def test_a_fence_is_as_good_as_none() -> None:
    """Who knows briefs writes three hyphens around the keys."""
    assert faults_of("---\nTitle: A\nSlug: x\n---\n\nText.\n") == []
    assert faults_of("---\r\nTitle: A\r\n---\r\nText [x](y).\r\n".replace("\r\n", "\n")) == [(4, "M603")]


def test_raw_html_is_a_warning() -> None:
    """It is shown as text, which its writer should know."""
    faults: list[Fault] = []
    assert parse_page("Title: A\n\nOne.\n<b>two</b>\n", "x.md", "x", faults)
    assert {(f.line, f.code, f.is_warning) for f in faults} == {(4, "M604", True)}


def write(content: Path, **files: str) -> Path:
    """A content folder with these pages."""
    (content / "pages").mkdir(parents=True)
    for name, text in files.items():
        (content / "pages" / f"{name}.md").write_text(text, "utf-8")
    return content


def test_only_regular_files_with_plain_names(tmp_path: Path) -> None:
    """Everything else is named, and not read; files whose names begin with a dot belong to tools."""
    content = write(tmp_path / "content", imprint=GOOD, search=GOOD)
    folder = content / "pages"
    for name in ("x.html", "x.rst", "Big.md", "two words.md", "x.md~", "a" * 61 + ".md"):
        (folder / name).write_text("Title: X\n\n<script>1</script>\n", "utf-8")
    (folder / "huge.md").write_text("Title: X\n\n" + "word\n" * 20_000, "utf-8")
    (folder / "deep").mkdir()
    (folder / "deep/x.md").write_text(GOOD, "utf-8")
    (folder / ".hidden.md").write_text(GOOD, "utf-8")
    (tmp_path / "secret.md").write_text(GOOD, "utf-8")
    (folder / "secret.md").symlink_to(tmp_path / "secret.md")
    pages, faults = load_pages(content)
    assert [p.slug for p in pages] == ["imprint"]
    assert sorted((Path(f.path).name, f.code) for f in faults) == sorted(
        [
            *((name, "F101") for name in ("x.html", "x.rst", "Big.md", "two words.md", "x.md~", "a" * 61 + ".md", "search.md")),
            ("huge.md", "F104"),
            ("deep", "F103"),
            ("secret.md", "F103"),
        ]
    )


@pytest.mark.parametrize("folder", ["pages", "briefs", "topics", "measures"])
def test_a_folder_of_content_is_no_link(project: Project, folder: str) -> None:
    """It could lead to any files of the machine that builds."""
    place = project.root / "content" / folder
    place.rename(project.root / "elsewhere")
    place.symlink_to(project.root / "elsewhere")
    done = project.digest("check")
    assert done.status == 1
    assert f"content/{folder}:1: F103 is a link; put the folder itself here" in done.out.splitlines()


def test_links_lead_somewhere() -> None:
    """To a page of prose, a page that is made, a file beside it, or what else is known; those that link to a bad page fall with it."""
    pages = (
        Page("a", "A", "", "", (("/b/", 3), ("/", 3), ("/data/", 3), ("/data/briefs.csv", 3), ("/topics/mining/", 3))),
        Page("b", "B", "", "", (("/topics/minning/", 7),)),
        Page("c", "C", "", "", (("/a/", 4),)),
        Page("d", "D", "", "", (("/rules/", 5),)),
    )
    good, faults = check_pages(pages, lambda url: url == "/topics/mining/", "content/pages")
    assert [p.slug for p in good] == ["d"]
    assert [(f.path, f.line, f.code) for f in faults] == [
        ("content/pages/b.md", 7, "M603"),
        ("content/pages/a.md", 3, "M603"),
        ("content/pages/c.md", 4, "M603"),
    ]


def test_what_prose_may_link_to_is_what_is_made(site: Project) -> None:
    """The lists of pages and files are those of a built site."""
    output = site.root / "output"
    assert [slug for slug in sorted(MADE | INTRODUCED) if not (output / slug / "index.html").is_file()] == []
    assert [file for file in sorted(FILES) if not (output / file[1:]).is_file()] == []
    assert {f for f in sorted(output.glob("data/*")) if f.suffix in (".json", ".jsonl", ".csv")} == {
        output / f[1:] for f in FILES if f.startswith("/data/")
    }


def test_check_and_build_name_a_bad_page_and_leave_it_out(project: Project) -> None:
    """Each by itself; the rest is published, and the next build without the fault has the page."""
    file = project.root / "content/pages/imprint.md"
    file.write_text(GOOD.replace("/method/", "/methods/"), "utf-8")
    stray = project.root / "content/pages/attack.html"
    stray.write_text("<title>x</title><script>alert(1)</script>", "utf-8")
    lines = [
        "content/pages/attack.html:1: F101 `attack.html` is no name of a page; name it slug.md: small letters a-z, digits, hyphens, at most 60 characters",
        "content/pages/imprint.md:4: M603 a link to `/methods/`, which does not exist; correct the address, or take the link out",
    ]
    checked = project.digest("check")
    assert (checked.status, checked.out.splitlines()) == (1, lines)
    assert project.digest("check", "content/pages/imprint.md").out.splitlines() == lines[1:]
    assert project.digest("check", "content/pages/about.md", "content/topics/mining.md").status == 0
    built = project.digest("build")
    assert built.status == 1
    assert set(lines) <= set(built.lines)
    assert not (project.root / "output/imprint").exists()
    assert (project.root / "output/about/index.html").is_file()
    stray.unlink()
    file.write_text(GOOD, "utf-8")
    assert project.digest("build").status == 0
    assert "Who publishes this." in (project.root / "output/imprint/index.html").read_text("utf-8")


def test_no_link_to_a_page_that_nobody_makes(project: Project) -> None:
    """With a plugin taken out, prose names its pages without linking to them."""
    project.edit(project.root / "content/pages/about.md", "Nobody.", "Nobody; take [the search](/search/) and [the feeds](/subscribe/).")
    settings = project.root / "pelicanconf.py"
    project.edit(settings, '    "plugins.search",\n', "")
    assert project.digest("build").status == 0
    text = (project.root / "output/about/index.html").read_text("utf-8")
    assert 'take the search and <a href="../subscribe/">the feeds</a>' in text
