"""`digest publish`: the public site is the old release or the new one, whole; never a mixture (DESIGN.md 7.2)."""

from __future__ import annotations

import random
import shutil
import signal
import time
import zipfile
from pathlib import Path

import pytest

from plugins.press.inspect_site import inspect_site
from plugins.press.release import KEPT, Place, ReleaseError, begin, finish
from tests.project import Project, differing, read_tree
from tests.site_content import write_brief

WORDS = ("publish", "--no-search")


def released(project: Project) -> dict[str, bytes]:
    """What is served."""
    return read_tree((project.root / "public").resolve())


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project that was published once."""
    project = Project.make(tmp_path_factory.mktemp("publish") / "project")
    done = project.digest(*WORDS)
    assert done.status == 0, done
    return project


@pytest.fixture
def published(origin: Project, tmp_path: Path) -> Project:
    """A copy of it."""
    shutil.copytree(origin.root, tmp_path / "project", symlinks=True)
    return Project(tmp_path / "project")


def test_a_release_is_the_site(origin: Project) -> None:
    """The bytes of a build, with headers for hosts, an archive beside, and no mark of ours."""
    tree = released(origin)
    built = origin.build("--output", "built", "--cache", "built-cache") or origin.tree("built")
    assert differing(tree, built) == {"_headers"}
    assert (origin.root / "public").readlink() == Path("releases/000001")
    assert not (origin.root / "public/.digest-output").exists()
    assert not list((origin.root / "releases").glob("*.part"))
    with zipfile.ZipFile(origin.root / "releases/000001.zip") as archive:
        assert {i.filename: archive.read(i) for i in archive.infolist()} == tree
    headers = tree["_headers"].decode()
    assert "Content-Security-Policy: default-src 'none'" in headers
    assert "X-Content-Type-Options: nosniff" in headers


def test_a_refused_brief_leaves_the_last_release(published: Project) -> None:
    """Status 1, the brief is named, nothing is switched, nothing is left behind."""
    before = released(published)
    published.write("2024-05-05-bad", write_brief("Ruritania does something", "2024-05-05", "XA", "minning"))
    done = published.digest(*WORDS)
    assert done.status == 1
    assert "V402" in done.err
    assert done.out.splitlines()[-1] == "not published: the last release stays as it is"
    assert differing(released(published), before) == set()
    assert sorted(f.name for f in (published.root / "releases").iterdir() if not f.name.startswith("lock")) == ["000001", "000001.zip"]
    published.file("2024-05-05-bad").unlink()
    assert published.digest(*WORDS).status == 0
    assert differing(released(published), before) == set()


def test_releases_are_switched_and_the_last_three_kept(published: Project) -> None:
    """Each has its number; the oldest go."""
    for number in range(2, 6):
        published.edit("2024-03-norvania-plan", "title: Norvania ", "title: Norvania again ")
        done = published.digest(*WORDS)
        assert done.status == 0, done
        assert (published.root / "public").readlink() == Path(f"releases/{number:06}")
    assert Place(published.root).numbers() == ["000003", "000004", "000005"]
    assert KEPT == 3
    assert sorted(f.name for f in (published.root / "releases").glob("*.zip")) == ["000003.zip", "000004.zip", "000005.zip"]
    assert b"Norvania again again again again plans" in released(published)["briefs/2024-03-norvania-plan/index.html"]


def test_killed_in_the_middle(published: Project) -> None:
    """kill -9 at any moment: what is served is whole, and the next run publishes the new."""
    before = released(published)
    chance = random.Random(7)
    for _ in range(5):
        published.edit("2024-03-norvania-plan", "title: Norvania ", "title: Norvania now ")
        with published.start(*WORDS) as process:
            time.sleep(chance.uniform(0.05, 1.5))
            process.send_signal(signal.SIGKILL)
            process.wait(30)
        now = released(published)
        if process.returncode != 0 and (published.root / "public").readlink() == Path("releases/000001"):
            assert differing(now, before) == set()
        assert inspect_site((published.root / "public").resolve(), "/") == []
    done = published.digest(*WORDS)
    assert done.status == 0, done
    clean = published.build("--output", "clean", "--cache", "clean-cache") or published.tree("clean")
    assert differing(released(published), clean) == {"_headers"}
    assert not list((published.root / "releases").glob("*.part"))


def test_stopped_by_a_signal(published: Project) -> None:
    """SIGTERM and SIGINT: an exit status that is not 0, one line, the last release."""
    for number in (signal.SIGTERM, signal.SIGINT):
        for _ in range(5):  # on a busy machine it may end before it is stopped
            before = released(published)
            published.edit("2024-03-norvania-plan", "title: Norvania ", "title: Norvania now ")
            # a generator of os.walk that is stopped half way leaves its folder to the interpreter, which warns
            with published.start(*WORDS, PYTHONWARNINGS="error,ignore::ResourceWarning") as process:
                while process.poll() is None and not list((published.root / "releases").glob("*.part")):
                    time.sleep(0.005)  # until it builds
                process.send_signal(number)
                said = process.communicate(timeout=60)[0]
            if process.returncode != 0:
                break
        assert process.returncode != 0, said
        assert "Traceback" not in said
        assert differing(released(published), before) == set()


def test_two_at_once(published: Project) -> None:
    """The second says that it waits for nobody; what comes out is whole."""
    with published.start(*WORDS) as one, published.start(*WORDS) as two:
        said = [p.communicate(timeout=120)[0] for p in (one, two)]
    assert sorted((one.returncode, two.returncode)) in ([0, 0], [0, 2]), said
    assert "Traceback" not in "".join(said)
    assert inspect_site((published.root / "public").resolve(), "/") == []


def test_a_crash_releases_the_lock(published: Project) -> None:
    """The lock is the process's: no file has to be taken away by hand."""
    with published.start(*WORDS) as process:
        time.sleep(0.5)
        process.send_signal(signal.SIGKILL)
        process.wait(30)
    assert published.digest(*WORDS).status == 0


def test_another_place(published: Project, tmp_path: Path) -> None:
    """`--to`: releases and the link in a folder of the server; a folder in the link's place is not deleted."""
    assert published.digest(*WORDS, "--to", str(tmp_path / "srv")).status == 0
    assert differing(read_tree((tmp_path / "srv/public").resolve()), released(published)) == set()
    (tmp_path / "mine/public").mkdir(parents=True)
    (tmp_path / "mine/public/index.html").write_text("mine")
    done = published.digest(*WORDS, "--to", str(tmp_path / "mine"))
    assert done.status == 2
    assert "is no link" in done.err
    assert (tmp_path / "mine/public/index.html").read_text() == "mine"


def _release(place: Place, text: str) -> str:
    folder = begin(place)
    (folder / "index.html").write_text(text)
    return finish(place, folder)


def test_a_switch_that_fails_leaves_the_old(tmp_path: Path) -> None:
    """The rename is the only moment that counts."""

    class Failed(Exception):
        pass

    def fail(source: str, target: str) -> None:
        raise Failed

    place = Place(tmp_path)
    _release(place, "one")
    folder = begin(place)
    (folder / "index.html").write_text("two")
    with pytest.raises(Failed):
        finish(place, folder, fail)
    assert (place.public / "index.html").read_text() == "one"
    assert _release(place, "three") != "000001"
    assert (place.public / "index.html").read_text() == "three"


def test_the_release_that_is_served_is_never_dropped(tmp_path: Path) -> None:
    """Even where an editor switched back by hand."""
    place = Place(tmp_path)
    for n in range(3):
        _release(place, str(n))
    place.public.unlink()
    place.public.symlink_to("releases/000001")
    from plugins.press.release import prune

    (place.releases / "000004").mkdir()
    prune(place)
    assert (place.public / "index.html").read_text() == "0"
    assert place.numbers() == ["000001", "000002", "000003", "000004"]


def test_a_folder_in_the_way(tmp_path: Path) -> None:
    """`public` that is no link is nobody's to delete."""
    (tmp_path / "public").mkdir()
    with pytest.raises(ReleaseError, match="is no link"):
        begin(Place(tmp_path))


PROBLEMS = {
    "no home": ({"index.html": None}, "there is no index.html"),
    "an empty file": ({"a.txt": " \n"}, "a.txt is empty"),
    "a dead link": ({"index.html": '<a href="x/">x</a></html>'}, "index.html links to x/index.html, which is not there"),
    "a dead link from the root": (
        {"index.html": "<a href='/digest/x/'>x</a></html>"},
        "index.html links to x/index.html, which is not there",
    ),
    "a dead anchor": ({"index.html": '<a href="#x">x</a></html>'}, "index.html links to #x of index.html, which is not there"),
    "a page cut off": ({"index.html": "<p>half"}, "index.html does not end"),
    "a feed that is no XML": ({"atom.xml": "<feed>"}, "atom.xml is no XML"),
    "data that is no JSON": ({"a.json": "{"}, "a.json is no JSON"),
}


@pytest.mark.parametrize("what", PROBLEMS)
def test_a_site_is_looked_over_before_it_is_published(what: str, tmp_path: Path) -> None:
    """Each kind of problem is found and named; a whole site has none."""
    files, problem = PROBLEMS[what]
    for path, text in {"index.html": '<a href="a/#b">x</a></html>', "a/index.html": '<a href="../" id="b">x</a></html>', **files}.items():
        if text is not None:
            (tmp_path / path).parent.mkdir(exist_ok=True)
            (tmp_path / path).write_text(text)
    found = inspect_site(tmp_path, "/digest/")
    assert any(p.startswith(problem) for p in found), found


def test_a_whole_site_has_no_problem(origin: Project) -> None:
    """A check that finds fault with everything proves nothing."""
    assert inspect_site((origin.root / "public").resolve(), "/") == []
