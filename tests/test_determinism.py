"""Same input, same bytes; incremental = clean (DESIGN.md 7.3)."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.project import DAY, Project, differing
from tests.site_content import write_brief


def locales() -> list[str]:
    """The locales of this machine, odd ones first."""
    done = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False)
    known = {name.lower().replace("-", ""): name for name in done.stdout.split()} if done.returncode == 0 else {}
    return [known[name] for name in ("tr_tr.utf8", "ar_eg.utf8", "de_de.utf8", "posix") if name in known] or ["C"]


CONDITIONS = {
    "zone and hash seed": {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"},
    "another zone, hash seed and locale": {"TZ": "America/Anchorage", "PYTHONHASHSEED": "4242", "LC_ALL": locales()[0]},
}


@pytest.mark.parametrize("what", CONDITIONS)
def test_conditions_make_no_difference(site: Project, tmp_path: Path, what: str) -> None:
    """Zone, locale, hash seed, folder, order of files and the hour of the build day: equal bytes."""
    other = Project(tmp_path / "another folder" / "ünï")
    other.root.mkdir(parents=True)
    shutil.copy(site.root / "pelicanconf.py", other.root)
    shutil.copytree(site.root / "theme", other.root / "theme")
    files = sorted(f for f in (site.root / "content").rglob("*") if f.is_file())
    random.Random(what).shuffle(files)
    for file in files:
        target = other.root / file.relative_to(site.root)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
    hour = str(int((DAY + timedelta(hours=-12 if what.startswith("zone") else 11)).timestamp()))
    assert differing(other.build(SOURCE_DATE_EPOCH=hour, **CONDITIONS[what]), site.tree()) == set()


def test_the_build_day_shows_only_where_dates_come(project: Project) -> None:
    """Another day changes home and `/dates/`, and nothing else."""
    before = project.tree()
    later = str(int(datetime(2030, 8, 1, tzinfo=UTC).timestamp()))
    changed = differing(project.build(SOURCE_DATE_EPOCH=later), before)
    assert changed == {"index.html", "dates/index.html"}


def _edit_body(project: Project) -> None:
    project.edit("2024-10-10-union-custody", "after the summer", "before the winter")


def _edit_title(project: Project) -> None:
    project.edit("2024-11-08-ruritania-passes-mining-act", "Ruritania passes its mining act", "Ruritania adopts its mining act")


def _add(project: Project) -> None:
    project.write(
        "2026-11-20-norvania-new",
        write_brief(
            "Norvania does something new", "2026-11-20", "XC", "quiet, mining", more="dates:\n  - on: 2027-01-01\n    what: It starts\n"
        ),
    )


def _add_late(project: Project) -> None:
    project.write(
        "2020-ruritania-old",
        write_brief("Ruritania did something old", "2020", "XA-NO", "payments", more="added: 2026-11-19\nmeasure: xa-mining-act\n"),
    )


def _delete(project: Project) -> None:
    project.file("2024-03-norvania-plan").unlink()


def _withdraw(project: Project) -> None:
    project.edit(
        "2024-12-12-forum-standard",
        "ai: none\n",
        "ai: none\nrevisions:\n  - on: 2026-11-21\n    kind: correction\n    note: It was a hoax\nstatus: withdrawn\n",
    )


def _rename(project: Project) -> None:
    project.file("2024-02-29-argent-enforcement").rename(project.file("2024-02-29-argent-fine"))


def _break(project: Project) -> None:
    project.edit("2024-01-15-thirty-states-sign", "stage: none", "stage: nothing")


def _revise(project: Project) -> None:
    project.edit(
        "2024-06-03-norvania-non-latin",
        "ai: none\n",
        "ai: none\nrevisions:\n  - on: 2026-11-22\n    kind: update\n    note: More is known\n",
    )


def _topic(project: Project) -> None:
    project.edit(project.root / "content/topics/mining.md", "title: Mining", "title: Mining and staking")


def _country(project: Project) -> None:
    project.edit(project.root / "content/countries.toml", 'name = "Esterland"', 'name = "Esterlandia"')


def _measure(project: Project) -> None:
    project.edit(project.root / "content/measures/xa-mining-act.md", "What this measure does", "What this act does")


def _template(project: Project) -> None:
    project.edit(project.root / "theme/templates/partials/row.html", "\n", "<!-- row -->\n")


def _setting(project: Project) -> None:
    project.edit(project.root / "pelicanconf.py", 'SITENAME = "Policy Digest"', 'SITENAME = "Our Digest"')


def _prose(project: Project) -> None:
    project.edit(project.root / "content/pages/about.md", "Title: About", "Title: About us")


def _lose(project: Project) -> None:
    victims = sorted(f for f in (project.root / "output").rglob("*.html"))
    for file in victims[::7]:
        file.unlink()


def _stray(project: Project) -> None:
    (project.root / "output/briefs/2024-02-10-ruritania-opens-consultation/index.html").write_text("scribbled over")


STEPS = (
    _edit_body,
    _edit_title,
    _add,
    _add_late,
    _delete,
    _withdraw,
    _rename,
    _break,
    _revise,
    _topic,
    _country,
    _measure,
    _template,
    _setting,
    _prose,
    _lose,
    _stray,
)
FAULTY = {"content/briefs/2024/2024-01-15-thirty-states-sign.md"}


@pytest.mark.parametrize("seed", [1, 2])
def test_incremental_is_clean(project: Project, seed: int) -> None:
    """After edits of every kind, in a random order and built in between, the folder is what a clean build makes."""
    steps = list(STEPS)
    random.Random(seed).shuffle(steps)
    done: list[str] = []
    for number, step in enumerate(steps):
        step(project)
        done.append(step.__name__)
        if number % 2 and number < len(steps) - 1:
            continue
        built = project.digest("build")
        assert built.status == (1 if "_break" in done else 0), (done, built)
        if number % 6 == 4 or number == len(steps) - 1:
            shutil.rmtree(project.root / "clean", ignore_errors=True)
            shutil.rmtree(project.root / "clean-cache", ignore_errors=True)
            clean = project.digest("build", "--output", "clean", "--cache", "clean-cache")
            assert clean.status == built.status
            assert differing(project.tree(), project.tree("clean")) == set(), done


def test_an_edit_writes_only_what_shows_it(project: Project) -> None:
    """The body of an old brief: its page, and the feeds and data that carry it."""
    before = project.tree()
    _edit_body(project)
    changed = {p for p in differing(project.build(), before) if p.endswith(".html")}
    assert changed == {"briefs/2024-10-10-union-custody/index.html"}


def test_a_new_brief_does_not_write_the_site_anew(project: Project) -> None:
    """Its own pages, the indexes it is in, the lists of all, and what links to it; pages of other countries stay."""
    before = project.tree()
    _add(project)
    changed = differing(project.build(), before)
    assert not [p for p in changed if p.startswith(("countries/esterland/", "countries/belmark/", "measures/", "briefs/2022", "page/"))]
    assert len(changed) < len(before) / 4


@pytest.mark.parametrize("harm", ["cut", "flipped", "text", "gone", "other version", "folder", "journal"])
def test_damaged_state_is_repaired(project: Project, harm: str) -> None:
    """Whatever happened to the cache, the next build gives the bytes of a clean one."""
    before = project.tree()
    file = project.root / ".cache/state.sqlite"
    raw = file.read_bytes()
    if harm == "cut":
        file.write_bytes(raw[: len(raw) // 3])
    elif harm == "flipped":
        file.write_bytes(bytes(b ^ 0xFF if i % 997 == 0 else b for i, b in enumerate(raw)))
    elif harm == "text":
        file.write_text("not a database")
    elif harm == "gone":
        shutil.rmtree(project.root / ".cache")
    elif harm == "folder":
        file.unlink()
        shutil.copy(project.root / "pelicanconf.py", file)
    elif harm == "journal":
        (project.root / ".cache/journal").write_text("index.html\n../outside\n\x00\nbriefs/none/index.html\n")
        (project.root / "output/index.html").write_text("half a pa")
    else:
        import sqlite3

        with sqlite3.connect(file) as db:
            db.execute("UPDATE meta SET value='0' WHERE name='version'")
        db.close()
    _edit_title(project)
    _edit_title_back(project)
    assert differing(project.build(), before) == set()


def _edit_title_back(project: Project) -> None:
    project.edit("2024-11-08-ruritania-passes-mining-act", "Ruritania adopts its mining act", "Ruritania passes its mining act")


def test_no_output_names_the_machine(site: Project) -> None:
    """No path of this machine, no time of day of the build."""
    for path, raw in site.tree().items():
        assert str(site.root).encode() not in raw, path
        assert b"/home/" not in raw, path
    for path, raw in site.tree().items():
        if path.endswith("feed.json"):
            assert all(item["date_modified"][11:19] == "00:00:00" for item in json.loads(raw)["items"]), path
