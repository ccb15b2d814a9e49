"""A process that builds again and again looks only at what changed; after every step its output is that of a clean build."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from tests.project import Project

_SCRIPT = """
import argparse, json, shutil, subprocess, sys
from pathlib import Path
from plugins.briefs.years import Years
from plugins.briefs.memory import Memory
from plugins.program.build_command import run_build
from plugins.program.project import load_settings, log_plainly, prepare_environment
from plugins.program.serve_command import _build, add_arguments

root, told, looks = Path.cwd(), [], []
find = Years.find
Years.find = lambda *args: looks.append(1) or find(*args)
parser = argparse.ArgumentParser()
add_arguments(parser)
words = ["--output", str(root / "shown"), "--cache", str(root / "cache")]
prepare_environment(parser.parse_args(words), "http://localhost:1")
log_plainly()
settings = load_settings(parser.parse_args(words), SHOW_DRAFTS=True, SERVING=True)
memory = settings["MEMORY"] = Memory()
KNOWN = root / "content/briefs/2024/2024-10-10-union-custody.md"

def tree(folder):
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*") if f.is_file()}

def build(name, *changed, everything=False, ends=True):
    looks.clear()
    memory.changed = None if everything else frozenset(map(str, changed))
    _build(settings)
    looked = bool(looks)
    if ends:
        for folder in ("clean", "clean-cache"):
            shutil.rmtree(root / folder, ignore_errors=True)
        run_build({**settings, "OUTPUT_PATH": str(root / "clean"), "CACHE_PATH": str(root / "clean-cache"), "MEMORY": None})
        shown, clean = tree(root / "shown"), tree(root / "clean")
        wrong = sorted(p for p in shown.keys() | clean.keys() if shown.get(p) != clean.get(p))
    told.append([name, looked, wrong if ends else None])

def edit(file, old, new):
    text = file.read_text("utf-8")
    assert old in text, (file, old)
    file.write_text(text.replace(old, new), "utf-8")
    return file

build("first", everything=True)
build("body", edit(KNOWN, "after the summer", "after the winter"))
build("title", edit(KNOWN, "title: ", "title: Newly, "))
build("fault", edit(KNOWN, "topics: [", "topics: [minning, "))
build("mended", edit(KNOWN, "topics: [minning, ", "topics: ["))
build("nothing")
new = root / "content/briefs/2024/2024-12-12-new-one.md"
new.write_text(KNOWN.read_text("utf-8").replace("2024-10-10", "2024-12-12").replace("title: Newly, ", "title: Another, "), "utf-8")
build("new", new)
build("new, again", edit(new, "after the winter", "in spring"))
new.unlink()
build("deleted", new)
topic = next((root / "content/topics").glob("*.md"))
build("topic", edit(topic, "title: ", "title: New "), KNOWN)
template = edit(root / "theme/templates/404.html", "{% block main %}", "{% block main %}<p>Edited.</p>")
build("theme")
edit(template, "{% block main %}", "{% block main %}{% if %}")
build("broken", edit(KNOWN, "after the winter", "after all"), ends=False)
edit(template, "{% if %}", "")
build("whole again")
subprocess.run([sys.executable, "-m", "plugins.program.cli", "build", "--output", str(root / "shown"), "--cache", str(root / "cache")], check=True)
build("after somebody else")
(root / "shown/index.html").unlink()
build("second look", everything=True)
print("TOLD", json.dumps(told))
"""


def test_what_is_remembered_is_what_a_clean_build_finds(site: Project, tmp_path: Path) -> None:
    """Known briefs are read without a look at the others; new and deleted ones, vocabularies, failures and other processes make it look."""
    root = tmp_path / "project"
    shutil.copytree(site.root, root, ignore=shutil.ignore_patterns("output", ".cache"))
    done = Project(root).python("-c", _SCRIPT)
    assert done.status == 0, done
    told = json.loads(next(line for line in done.out.splitlines() if line.startswith("TOLD ")).removeprefix("TOLD "))
    assert {name: wrong for name, _, wrong in told if wrong} == {}
    assert {name for name, looked, _ in told if not looked} == {
        "body",
        "title",
        "fault",
        "mended",
        "nothing",
        "new, again",
        "theme",
        "broken",
    }
