"""`digest build` and `pelican`: what is published, what is refused, what is said, and the exit status."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.pages import dead_links, read_pages
from tests.project import Project, differing, read_tree
from tests.site_content import write_brief

BAD = "2024-05-05-bad-brief"


def pelican(project: Project, *words: str, **variables: str) -> object:
    """Runs Pelican as its users do."""
    return project.python("-m", "pelican", *words, **variables)


def test_a_build_says_what_it_did(project: Project) -> None:
    """One closing line; nothing changed, nothing written."""
    done = project.digest("build")
    assert done.status == 0
    assert done.err == ""
    (line,) = done.out.splitlines()
    files = len(project.tree())
    assert line.startswith(f"56 briefs, {files:,} files: 0 written, 0 deleted, {files:,} unchanged in ")


def test_a_bad_brief_among_good_ones(project: Project) -> None:
    """The good ones are published, the bad one is named with its reason, the status is 1; mended, it is published."""
    before = project.tree()
    file = project.write(BAD, write_brief("Ruritania does something", "2024-05-05", "XA", "minning"))
    good = project.write("2024-05-06-good-brief", write_brief("Ruritania does something else", "2024-05-06", "XA", "mining"))
    done = project.digest("build")
    assert done.status == 1
    assert f"content/briefs/2024/{BAD}.md:5: V402 unknown topic `minning`; did you mean `mining`?" in done.err.splitlines()
    assert done.lines[-1].endswith("; 1 file refused")
    after = project.tree()
    assert f"briefs/{BAD}/index.html" not in after
    assert f"briefs/{good.stem}/index.html" in after
    assert before.keys() < after.keys()
    project.edit(file, "minning", "mining")
    assert f"briefs/{BAD}/index.html" in project.build()


def test_a_brief_that_turns_bad_is_taken_away(project: Project) -> None:
    """Never a stale page of what is refused now; briefs that link to it are refused too, and named."""
    project.edit("2024-05-16-ruritania-mining-bill", "stage: bill", "stage: law")
    done = project.digest("build")
    assert done.status == 1
    assert {line.split(": ")[1].split(" ")[0] for line in done.err.splitlines() if ".md:" in line} == {"B306", "M603"}
    tree = project.tree()
    assert "briefs/2024-05-16-ruritania-mining-bill/index.html" not in tree
    assert dead_links(tree) == []


@pytest.mark.parametrize(("file", "page"), [("topics/mining.md", "topics/mining/"), ("measures/{}.md", "measures/{}/")])
def test_a_topic_or_measure_with_a_dead_link(project: Project, file: str, page: str) -> None:
    """Its page is published without its words, for all else on it stands; the link is named; mended, the words are back."""
    measure = sorted(f.stem for f in (project.root / "content/measures").iterdir())[0]
    at, before = project.root / "content" / file.format(measure), project.tree()
    good = at.read_text("utf-8")
    at.write_text(f"{good}\nSee [what never was][it].\n\n[it]: /topics/nowhere/\n", "utf-8")
    done = project.digest("build")
    assert done.status == 1
    line = good.count("\n") + 4
    assert f"content/{file.format(measure)}:{line}: M603 a link to `/topics/nowhere/`" in done.err
    tree = project.tree()
    assert dead_links(tree) == []
    changed = page.format(measure) + "index.html"
    assert b"in a sentence" in before[changed]
    assert b"in a sentence" not in tree[changed]
    assert tree.keys() == before.keys()
    at.write_text(good, "utf-8")
    assert project.build() == before


def test_every_fault_of_every_file_is_named(project: Project) -> None:
    """All at once, sorted by file and line."""
    project.write(BAD, write_brief("Bad", "2024-05-05", "Atlantis", "mining", "law"))
    project.write("2024-05-06-bad-too", "no front matter")
    (project.root / "content/briefs/2024/photo.svg").write_text("<svg/>")
    (project.root / "content/measures/x.md").write_text("---\ntitle: X\n---\n")
    done = project.digest("build")
    assert done.status == 1
    named = [line.split(" ")[0] + line.split(" ")[1] for line in done.err.splitlines()[:-1]]
    assert named == [
        f"content/briefs/2024/{BAD}.md:2:B304", f"content/briefs/2024/{BAD}.md:4:V401", f"content/briefs/2024/{BAD}.md:6:B306",
        "content/briefs/2024/2024-05-06-bad-too.md:1:Y201", "content/briefs/2024/photo.svg:1:F103", "content/measures/x.md:1:B302", "content/measures/x.md:1:B302",
    ]  # fmt: skip
    assert done.lines[-1].endswith("; 4 files refused")


def test_names_that_nobody_knows_are_told_with_the_other_faults(project: Project) -> None:
    """A writer mends all of it at once; what has not even the form of a name is told once."""
    project.write(BAD, write_brief("Bad", "2024-05-05", "XA, XQ, Ruritania", "minning, Big Topic", more="measure: xa-minig-act\n"))
    for _ in range(2):  # read, and remembered
        done = project.digest("build")
        assert done.status == 1
        told = [" ".join(line.split(" ")[1:4]) for line in done.err.splitlines()[:-1]]
        assert [line for line in told if line.startswith("V4")] == [
            "V401 `countries.3`: `Ruritania`", "V401 unknown country", "V402 `topics.2`: `Big", "V402 unknown topic", "V403 unknown measure",
        ]  # fmt: skip


def test_an_empty_address_is_none(project: Project) -> None:
    """As where nobody set it."""
    done = project.python(
        "-c", "import os, sys; os.environ['SITE_URL'] = ''; from plugins.program.cli import main; sys.exit(main(['build']))"
    )
    assert done.status == 0, done
    assert b"http://localhost:8000/" in project.tree()["atom.xml"]


@pytest.mark.skipif(os.name == "nt", reason="names of files are text there")
@pytest.mark.parametrize("folder", ["topics", "measures", "pages", "briefs", "briefs/2024"])
def test_a_name_that_is_no_text(project: Project, folder: str) -> None:
    """A name of bytes that are not UTF-8 is a fault like others, in the next build too."""
    try:
        Path(os.fsdecode(bytes(project.root / "content" / folder) + b"/2024-01-01-\xff\xed\xa0\x80.md")).write_text("x", "utf-8")
    except OSError:
        pytest.skip("this file system takes text only")
    for _ in range(2):
        done = project.digest("build")
        assert (done.status, "Traceback" in done.err) == (1, False), done
        assert f"content/{folder}/2024-01-01-\\u{{DCFF}}" in done.err


def test_pelican_alone_gives_the_same_bytes(project: Project) -> None:
    """With no option; exit 1 where a brief is refused."""
    before = project.tree()
    shutil.rmtree(project.root / "output")
    shutil.rmtree(project.root / ".cache")
    done = pelican(project)
    assert done.status == 0, done  # type: ignore[attr-defined]
    assert differing(project.tree(), before) == set()
    project.write(BAD, "no front matter")
    done = pelican(project)
    assert done.status == 1  # type: ignore[attr-defined]
    assert "Y201" in done.out + done.err  # type: ignore[attr-defined]
    assert differing(project.tree(), before) == set()


@pytest.mark.parametrize("plugin", ["indexes", "feeds", "calendars", "opendata", "search"])
def test_each_plugin_but_the_first_can_be_taken_out(project: Project, plugin: str) -> None:
    """The rest still builds, without a dead link; put back, everything is as it was."""
    before = project.tree()
    settings = project.root / "pelicanconf.py"
    whole = settings.read_text("utf-8")
    line = f'    "plugins.{plugin}",\n'
    if line not in whole:
        pytest.skip(f"the settings do not name {plugin}")
    settings.write_text(whole.replace(line, ""), "utf-8")
    tree = project.build()
    assert tree.keys() < before.keys()
    assert dead_links(tree) == []
    settings.write_text(whole, "utf-8")
    assert differing(project.build(), before) == set()


def test_a_plugin_that_is_not_there_stops_the_build(project: Project) -> None:
    """Pelican alone would go on without it and exit 0."""
    settings = project.root / "pelicanconf.py"
    settings.write_text(settings.read_text("utf-8").replace('"plugins.indexes",', '"plugins.indexes",\n    "plugins.nobody",'), "utf-8")
    done = project.digest("build")
    assert done.status == 2
    assert "nobody" in done.err
    assert "Traceback" not in done.err


WRONG = {
    "no such content folder": (["build", "--content", "nowhere"], "digest: there is no content folder"),
    "an address that is none": (["build", "--site-url", "digest.example.org"], "digest: SITE_URL is `digest.example.org`"),
    "an unknown option": (["build", "--fast"], "unrecognized arguments: --fast"),
    "an unknown command": (["biuld"], "invalid choice"),
    "an unknown rule": (["explain", "B999"], "digest: there is no rule B999"),
    "a file that is not there": (["check", "nothing.md"], "digest: there is no file nothing.md"),
    "a source without a file": (["check", "--source", "pelicanconf.py"], "digest: --source compares a FILE with a text"),
    "a revision that is an option": (["check", "--changed=--output=x"], "digest: --changed names a revision"),
    "a port that is none": (["serve", "--port", "0"], "digest: --port is a number from 1 to 65535"),
    "a title that is too short": (["new", "--countries", "XA", "--topics", "mining", "Law"], "digest: the title has 3 characters"),
    "a country that is none": (
        ["new", "--countries", "Russia", "--topics", "mining", "Ruritania passes a law"],
        "digest: unknown country Russia",
    ),
    "a folder of somebody else": (["build", "--output", "theme"], "holds files that no build wrote"),
}


@pytest.mark.parametrize("what", WRONG)
def test_wrong_use_is_one_line_and_status_2(site: Project, what: str, tmp_path: Path) -> None:
    """No traceback, nothing on standard output."""
    words, message = WRONG[what]
    if words[0] == "build":
        words = [*words, "--cache", str(tmp_path)]
    done = site.digest(*words)
    assert (done.status, done.out) == (2, "")
    assert message in done.err
    assert "Traceback" not in done.err
    assert len([line for line in done.err.splitlines() if not line.startswith(("usage:", " "))]) == 1


def test_wrong_settings_of_the_environment(site: Project) -> None:
    """SITE_URL and SOURCE_DATE_EPOCH are checked before anything is written."""
    for name, value in (("SITE_URL", "nowhere"), ("SOURCE_DATE_EPOCH", "yesterday"), ("SOURCE_DATE_EPOCH", "9" * 30)):
        done = site.digest("build", **{name: value})
        assert (done.status, done.out) == (2, "")
        assert name in done.err


def test_called_elsewhere(tmp_path: Path) -> None:
    """The program works on the project in the folder in which it is called, and says so."""
    done = Project(tmp_path).digest("build")
    assert done.status == 2
    assert done.err.startswith("digest: there is no pelicanconf.py in ")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_template_is_told(project: Project) -> None:
    """The site of before stays, and the next run is clean."""
    before = project.tree()
    template = project.root / "theme/templates/measure.html"
    text = template.read_bytes()
    template.unlink()
    done = project.digest("build")
    assert done.status == 2
    assert "measure.html" in done.err
    assert "Traceback" not in done.err
    template.write_bytes(text)
    assert differing(project.build(), before) == set()


def test_help_has_examples(site: Project) -> None:
    """Every command explains itself."""
    from plugins.program.cli import COMMANDS

    done = site.digest("--help")
    assert done.status == 0
    for name in COMMANDS:
        assert name in done.out
        own = site.digest(name, "--help")
        assert own.status == 0, own
        assert "examples:" in own.out, name
        assert f"digest {name}" in own.out.split("examples:")[1], name
    assert site.digest("--version").status == 0


def test_another_folder_and_address(project: Project, tmp_path: Path) -> None:
    """`--content --output --cache --site-url`; pages below a folder of the host."""
    shutil.move(project.root / "content", tmp_path / "elsewhere")
    done = project.digest(
        "build",
        "--content",
        str(tmp_path / "elsewhere"),
        "--output",
        str(tmp_path / "out"),
        "--cache",
        str(tmp_path / "cache"),
        "--site-url",
        "https://host.example/digest/",
    )
    assert done.status == 0, done
    tree = read_tree(tmp_path / "out")
    pages = read_pages(tree)
    assert b"https://host.example/digest/sitemap.xml" in tree["robots.txt"]
    missing = pages.pop("404.html")
    assert {h for h in missing.links if h.startswith("/")} <= {h for h in missing.links if h.startswith("/digest/")}
    assert dead_links(tree, pages) == []


def test_drafts_are_not_published(project: Project) -> None:
    """A finished draft is a brief; an unfinished one stops nothing."""
    assert not any("2024-09-09-ruritania-draft" in path for path in project.tree())
    project.write("2024-09-09-ruritania-draft", write_brief("Ruritania drafts something new", "2024-09-09", "XA", "market"))
    assert "briefs/2024-09-09-ruritania-draft/index.html" in project.build()


def test_one_build_at_a_time(project: Project) -> None:
    """Two at once give what one gives."""
    project.edit("2024-03-norvania-plan", "Norvania plans a sandbox", "Norvania plans two sandboxes")
    with project.start("build") as one, project.start("build") as two:
        said = [p.communicate(timeout=120)[0] for p in (one, two)]
    assert (one.returncode, two.returncode) == (0, 0), said
    incremental = project.tree()
    clean = project.build("--output", "clean", "--cache", "clean-cache") and project.tree("clean")
    assert differing(incremental, clean) == set()


def test_a_brief_that_was_left_out_comes_back_whole(project: Project) -> None:
    """A draft that is shown, or a brief whose only fault lay in another file: their text is there without being read again."""
    id = "2024-11-08-ruritania-passes-mining-act"
    twin = project.write("2024-11-07-ruritania-twin", write_brief("Ruritania passes its mining act", "2024-11-07", "XA", "mining"))
    tree = project.build(status=1)
    assert f"briefs/{id}/index.html" not in tree
    twin.unlink()
    assert f"briefs/{id}/index.html" in project.build()
