"""`digest serve`: an edit shows on the served page, its lists and its feeds; nothing else of the machine is served."""

from __future__ import annotations

import random
import re
import shutil
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from plugins.program.serve_command import QUIET, Watch, list_changed
from plugins.program.server import Server
from tests.project import Project, free_port
from tests.site_content import write_brief

Get = Callable[..., tuple[int, dict[str, str], bytes]]


def make_get(port: int) -> Get:
    """Asks the server for an address; status, headers and body."""

    def get(path: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
        asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}", method=method)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(asked, timeout=20) as answer:
                return answer.status, dict(answer.headers), answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, dict(error.headers), error.read()

    return get


@pytest.fixture(scope="module")
def serving(site: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, Get, list[str]]]:
    """A preview of a copy of the mini site."""
    root = tmp_path_factory.mktemp("serve") / "project"
    shutil.copytree(site.root, root)
    project, port = Project(root), free_port()
    with project.start("serve", "--port", str(port), SITE_URL="") as process:
        said: list[str] = []

        def listen() -> None:
            assert process.stdout is not None
            said.extend(iter(process.stdout.readline, ""))

        threading.Thread(target=listen, daemon=True).start()
        wait_for(lambda: any("The digest is at" in line for line in said) or process.poll() is not None)
        assert process.poll() is None, said
        yield project, make_get(port), said


def wait_for(holds: Callable[[], bool], seconds: float = 60) -> None:
    """Waits until something holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)


def test_an_edit_shows_everywhere(serving: tuple[Project, Get, list[str]]) -> None:
    """On the page, in lists, in feeds, without a restart."""
    project, get, _ = serving
    id, new = "2024-11-08-ruritania-passes-mining-act", "Ruritania adopts its mining act at last"
    places = [f"/briefs/{id}/", "/countries/ruritania/", "/topics/mining/", "/measures/xa-mining-act/", "/"]
    places += [p for p in ("/topics/mining/atom.xml", "/countries/ruritania/feed.json") if p[1:] in project.tree()]
    project.edit(id, "Ruritania passes its mining act", new)
    wait_for(lambda: new.encode() in get(places[0])[2])
    wait_for(lambda: all(new.encode() in get(place)[2] for place in places[:-1] if place != "/"))
    assert get("/")[0] == 200


def test_a_fault_does_not_end_the_preview(serving: tuple[Project, Get, list[str]]) -> None:
    """It is named, each time; mended, the page comes back. New files and drafts show, deleted ones go."""
    project, get, said = serving
    project.write("2024-05-05-new", write_brief("Ruritania does something new", "2024-05-05", "XA", "minning"))
    wait_for(lambda: any("V402" in line for line in said))
    assert get("/briefs/2024-05-05-new/")[0] == 404
    for _ in range(2):
        named = sum("V402" in line for line in said)
        project.edit("2024-05-05-new", "minning", "mining")
        wait_for(lambda: get("/briefs/2024-05-05-new/")[0] == 200)
        project.edit("2024-05-05-new", "mining", "minning")
        wait_for(lambda named=named: sum("V402" in line for line in said) > named)  # type: ignore[misc]
    project.edit("2024-05-05-new", "minning", "mining")
    wait_for(lambda: get("/briefs/2024-05-05-new/")[0] == 200)
    project.file("2024-05-05-new").unlink()
    wait_for(lambda: get("/briefs/2024-05-05-new/")[0] == 404)
    status, _, body = get("/briefs/2024-09-09-ruritania-draft/")
    assert status == 200
    assert b"Draft: not published" in body or b"draft" in body.lower()


def test_the_theme_shows_too(serving: tuple[Project, Get, list[str]]) -> None:
    """A broken template is named and does not end the preview."""
    project, get, said = serving
    template = project.root / "theme/templates/404.html"
    text = template.read_text("utf-8")
    template.write_text(text + "{% if %}", "utf-8")
    wait_for(lambda: any("TemplateSyntaxError" in line for line in said))
    template.write_text(text.replace("{% block main %}", "{% block main %}<p>Edited theme.</p>"), "utf-8")
    wait_for(lambda: b"Edited theme." in get("/nothing/")[2])


def test_an_edit_made_while_a_build_runs_is_not_lost(serving: tuple[Project, Get, list[str]]) -> None:
    """Edits at random moments, many of them in the middle of a build: the last one is served within seconds."""
    project, get, said = serving
    id, chance = "2024-10-10-union-custody", random.Random(8)
    text = project.file(id).read_text("utf-8")
    begun = len(said)
    for turn in range(8):
        for step in range(chance.randint(2, 6)):
            last = f"Sentence {turn} of step {step}."
            project.file(id).write_text(f"{text}\n{last}\n", "utf-8")
            time.sleep(chance.uniform(0, 0.3))
        wait_for(lambda last=last: last.encode() in get(f"/briefs/{id}/")[2], seconds=5)  # type: ignore[misc]
    assert len([line for line in said[begun:] if " files: " in line]) > 8, "edits were built in between"
    project.file(id).write_text(text, "utf-8")
    wait_for(lambda: b"of step" not in get(f"/briefs/{id}/")[2], seconds=5)


def test_what_somebody_deleted_comes_back(serving: tuple[Project, Get, list[str]]) -> None:
    """An edit is built without a look at all outputs; that comes when nothing changed for some seconds."""
    project, get, _ = serving
    (project.root / "output/topics/mining/index.html").unlink()
    project.edit("2024-10-10-union-custody", "after the summer", "after the winter")
    wait_for(lambda: b"after the winter" in get("/briefs/2024-10-10-union-custody/")[2])
    wait_for(lambda: get("/topics/mining/")[0] == 200, seconds=QUIET + 10)
    project.edit("2024-10-10-union-custody", "after the winter", "after the summer")


@pytest.mark.parametrize(
    ("paths", "changed"),
    [
        ({"/p/content/briefs/2024/a.md", "/p/theme/x.html"}, {"/p/content/briefs/2024/a.md"}),
        ({"/p/theme/x.html"}, set()),
        ({"/p/content/briefs/2024/a.md", "/p/pelicanconf.py"}, None),
        ({"/p/content-of-others/a.md"}, None),
    ],
)
def test_changed_paths(paths: set[str], changed: set[str] | None) -> None:
    """What lies neither in content nor in the theme makes a build look at everything."""
    assert list_changed(paths, "/p/content", "/p/theme") == changed


def test_an_edit_made_while_the_first_build_runs_is_not_lost(site: Project, tmp_path: Path) -> None:
    """Before the preview stands, too: an edit after its brief was read shows without another one."""
    root, id, port = tmp_path / "project", "2024-10-10-union-custody", free_port()
    shutil.copytree(site.root, root, ignore=shutil.ignore_patterns("output", ".cache"))
    project, get = Project(root), make_get(port)
    page = root / "output/briefs" / id / "index.html"
    with project.start("serve", "--port", str(port), SITE_URL=""):
        wait_for(page.is_file)
        project.edit(id, "after the summer", "after the first build")
        wait_for(lambda: answers(get) and b"after the first build" in get(f"/briefs/{id}/")[2], seconds=20)


def answers(get: Get) -> bool:
    """Whether the preview stands."""
    try:
        return get("/")[0] == 200
    except urllib.error.URLError:
        return False


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not tell how much memory a process holds")
def test_edits_leave_no_memory_behind(site: Project, tmp_path: Path) -> None:
    """What a build holds is given back: fifteen edits after the first ten hold no more than a few pages."""
    root, id, port = tmp_path / "project", "2024-10-10-union-custody", free_port()
    shutil.copytree(site.root, root)
    project, get = Project(root), make_get(port)
    text = project.file(id).read_text("utf-8")
    with project.start("serve", "--port", str(port), SITE_URL="") as process:
        threading.Thread(target=list, args=(process.stdout,), daemon=True).start()
        wait_for(lambda: answers(get))
        held = []
        for turn in range(25):
            project.file(id).write_text(f"{text}\nSentence {turn} is new.\n", "utf-8")
            wait_for(lambda turn=turn: f"Sentence {turn} is".encode() in get(f"/briefs/{id}/")[2])  # type: ignore[misc]
            found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{process.pid}/status").read_text("ascii"))
            assert found
            held.append(int(found[1]) / 1024)
    assert held[-1] - held[9] < 8, held  # MiB; an edition of this site is more than half of one


def test_what_changed_before_it_watched_is_seen(tmp_path: Path) -> None:
    """Between the start of the first build and the first watch: edited, new and deleted files; not what a build or an editor leaves."""
    names = ("edited.md", "deleted.md", "same.md", "out/page.html")
    for name in (*names, "out-takes/edited.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("old", "utf-8")
    seen = Watch([tmp_path], ignore=(tmp_path / "out",))
    for name in ("edited.md", "new.md", "deep.md", "out/page.html", "out/new.html", ".edited.md.swp", "edited.md~", "out-takes/edited.md"):
        (tmp_path / name).write_text("newer", "utf-8")
    (tmp_path / "deleted.md").unlink()
    late = threading.Timer(5, (tmp_path / "late.md").touch)  # so that a fault shows, and nobody waits for ever
    late.start()
    batches = iter(seen)
    wanted = {"edited.md", "new.md", "deep.md", "deleted.md", "out-takes/edited.md"}
    try:
        assert next(batches) == {str(tmp_path / name) for name in wanted}
        (tmp_path / "same.md").write_text("now", "utf-8")
        assert next(batches) == {str(tmp_path / "same.md")}
    finally:
        late.cancel()


def test_settings_that_cannot_be_read_are_told(serving: tuple[Project, Get, list[str]]) -> None:
    """A bracket is missing: the preview says so and goes on; mended, it starts again."""
    project, get, said = serving
    settings = project.root / "pelicanconf.py"
    whole = settings.read_text("utf-8")
    settings.write_text(f"{whole}\nBROKEN = (\n", "utf-8")
    wait_for(lambda: any("the preview goes on without it" in line for line in said))
    assert get("/")[0] == 200
    starts = sum("The digest is at" in line for line in said)
    settings.write_text(whole, "utf-8")
    wait_for(lambda: sum("The digest is at" in line for line in said) > starts)
    wait_for(lambda: get("/")[0] == 200)


def test_a_taken_port_is_told(serving: tuple[Project, Get, list[str]], site: Project) -> None:
    """One line and status 2."""
    project, get, _ = serving
    port = get.__closure__[0].cell_contents  # type: ignore[index, attr-defined]
    done = project.digest("serve", "--port", str(port), "--cache", "other-cache", "--output", "other-output")
    assert (done.status, done.out) == (2, "")
    assert f"port {port} is taken" in done.err


# The server alone


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A served folder beside a file that is not."""
    out = tmp_path / "out"
    for path, text in {
        "out/index.html": "home", "out/404.html": "own notice", "out/a/index.html": "page", "out/a/atom.xml": "<feed/>", "out/a/feed.json": "{}", "out/x.ics": "X",
        "out/.digest-output": "mark", "out/.git/config": "hidden", "out/empty/b.txt": "text", "secret.txt": "secret",
    }.items():  # fmt: skip
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    return out


def start(folder: Path, base: str = "/") -> tuple[Server, Get]:
    """A server of a folder, and what asks it."""
    server = Server(folder, 0, base)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, make_get(server.server_address[1])


def test_pages_feeds_and_notices(folder: Path) -> None:
    """Right media types, the digest's own notice with status 404, no listing, no caching."""
    server, get = start(folder)
    try:
        assert (get("/")[0], get("/a/")[2], get("/a/?x=1")[2]) == (200, b"page", b"page")
        types = {
            path: get(path)[1]["Content-type" if "Content-type" in get(path)[1] else "Content-Type"]
            for path in ("/a/", "/a/atom.xml", "/a/feed.json", "/x.ics")
        }
        assert types["/a/"].startswith("text/html")
        assert types["/a/atom.xml"].startswith("application/atom+xml")
        assert types["/a/feed.json"].startswith("application/feed+json")
        assert types["/x.ics"].startswith("text/calendar")
        assert get("/nothing/")[::2] == (404, b"own notice")
        assert get("/empty/")[::2] == (404, b"own notice")
        assert get("/nothing/", "HEAD")[::2] == (404, b"")
        assert get("/")[1]["Cache-Control"] == "no-cache"
        assert get("/", "POST")[0] == 501
        assert b"page" in get("/a")[2], "an address without its slash leads to the page"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    "path",
    [
        "/.digest-output",
        "/.git/config",
        "/%2edigest-output",
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/a/../../secret.txt",
        "/a/%00.html",
        "/..%5csecret.txt",
        "//secret.txt",
        "/%2fetc/passwd",
    ],
)
def test_nothing_else_is_served(folder: Path, path: str) -> None:
    """Hidden files, and files outside the folder."""
    server, get = start(folder)
    try:
        status, _, body = get(path)
        assert status == 404
        assert body == b"own notice"
    finally:
        server.shutdown()
        server.server_close()


def test_only_this_machine_is_answered(folder: Path) -> None:
    """The preview listens on the loopback address."""
    server, _ = start(folder)
    try:
        assert server.server_address[0] == "127.0.0.1"
    finally:
        server.shutdown()
        server.server_close()


def test_below_a_folder_of_the_host(folder: Path) -> None:
    """SITE_URL with a path: the preview answers there too."""
    server, get = start(folder, "/digest/")
    try:
        assert get("/digest/a/")[2] == b"page"
        assert get("/a/")[2] == b"page"
    finally:
        server.shutdown()
        server.server_close()
