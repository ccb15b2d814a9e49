"""``digest review``: what a branch brings, as text for editors or as the numbers that the comment on a pull request is made of."""

from __future__ import annotations

import argparse
import json
import subprocess
import tarfile
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

from plugins.domain.addresses import canonical_address
from plugins.domain.collection import Collection
from plugins.domain.faults import printable
from plugins.domain.standing import current_stage
from plugins.program.changed import list_changed, run_git
from plugins.program.failure import UseError

NAME = "review"
HELP = "Says what a branch brings: its briefs, stage changes, sources, near-duplicates, and the pages and feeds that they touch."
EXAMPLES = """
digest review --changed origin/main
digest review --changed origin/main --format json
"""
MOST_NEAR = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``digest review``."""
    parser.add_argument("--changed", default="origin/main", metavar="REV", help="compare with this revision (default: origin/main)")
    parser.add_argument("--content", default="content", metavar="DIR", help="the content folder (default: content)")
    parser.add_argument("--cache", default=".cache", metavar="DIR", help="what is kept from run to run (default: .cache)")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="json: numbers only, for the comment on a pull request")
    parser.add_argument("--preview", metavar="NAME", help="the artifact that holds the changed pages")


def run(arguments: argparse.Namespace) -> int:
    """Prints. 0 even where there are faults: that is what ``digest check`` is for."""
    content = Path(arguments.content)
    if not content.is_dir():
        raise UseError(f"there is no content folder {content}")
    numbers = review(content, Path(arguments.cache), arguments.changed) | {"preview": arguments.preview}
    if arguments.format == "json":
        print(json.dumps(numbers, ensure_ascii=True, indent=1))
    else:
        print(render_text(numbers))
    return 0


def review(content: Path, cache: Path, revision: str) -> dict[str, Any]:
    """The numbers of a branch: faults, warnings, its briefs, and how many pages and feeds show them."""
    from plugins.program.check_command import check, read_stock

    names = list_changed(revision, content)
    faults, _ = check(content, cache, names, None, style=True) if names else ([], 0)
    collection = read_stock(content, cache).collection
    base = read_base(revision, content)
    ids = [Path(n).stem for n in names]
    briefs = [b for i in ids if (b := collection.by_id.get(i))]
    return {
        "faults": sum(not f.is_warning for f in faults),
        "warnings": sum(f.is_warning for f in faults),
        "briefs": [_describe(collection, base, i) for i in ids if i in collection.by_id],
        "pages": count_pages(collection, [b.id for b in briefs]),
        "feeds": count_feeds(collection, [b.id for b in briefs]),
    }


def read_base(revision: str, content: Path) -> Collection:
    """The collection as it is at a revision; an empty one where the revision has no content."""
    from plugins.domain.collection import build_collection
    from plugins.domain.vocabulary import Vocabulary
    from plugins.program.check_command import read_stock

    commit = run_git("merge-base", "--", revision, "HEAD").strip()
    done = subprocess.run(["git", "archive", commit, "--", str(content)], capture_output=True, check=False)  # noqa: S603, S607 - fixed words
    if done.returncode:
        return build_collection((), Vocabulary())
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=BytesIO(done.stdout)) as archive:
            archive.extractall(folder, filter="data")
        return read_stock(Path(folder) / content, Path(folder) / "cache").collection


def _describe(collection: Collection, base: Collection, id: str) -> dict[str, Any]:
    brief = collection.by_id[id]
    was = base.indexes.measures.get(brief.measure or "")
    moved = brief.measure is not None and brief.stage.moves
    previous = current_stage(was.briefs) if was else None
    now = current_stage(collection.indexes.measures[brief.measure].briefs) if brief.measure else None
    return {
        "id": id,
        "countries": list(brief.countries),
        "topics": list(brief.topics),
        "stage": (now if moved and now else brief.stage).value,
        "previous_stage": previous.value if previous else None,
        "grade": brief.grade.value,
        "measure": brief.measure,
        "new_measure": bool(brief.measure) and brief.measure not in base.vocabulary.measures,
        "near_duplicates": find_near(collection, id),
    }


def find_near(collection: Collection, id: str) -> list[str]:
    """Briefs that may tell the same story: they cite a page of this one, or tell of its measure on the same date."""
    brief = collection.by_id[id]
    pages = {canonical_address(s.url) for s in brief.detail().sources}
    found = []
    for other in collection.briefs:
        same = brief.measure is not None and other.measure == brief.measure and other.date == brief.date
        if other.id != id and (same or any(canonical_address(s.url) in pages for s in other.detail().sources)):
            found.append(other.id)
    return sorted(found)[:MOST_NEAR]


def count_pages(collection: Collection, ids: list[str]) -> int:
    """The pages that show some briefs: their own, and those of their countries, topics, pairs, measures and weeks."""
    return len(ids) + len(_indexes_of(collection, ids))


def count_feeds(collection: Collection, ids: list[str]) -> int:
    """The indexes whose feeds show some briefs."""
    return sum(1 for kind, _ in _indexes_of(collection, ids) if kind != "week")


def _indexes_of(collection: Collection, ids: list[str]) -> set[tuple[str, str]]:
    wanted = set(ids)
    return {(i.kind.value, i.id) for i in collection.indexes.every() if any(b.id in wanted for b in i.briefs)}


def render_text(numbers: dict[str, Any]) -> str:
    """The numbers in words, for a terminal."""
    lines = [
        f"{len(numbers['briefs'])} briefs, {numbers['faults']} faults, {numbers['warnings']} warnings; {numbers['pages']} pages and {numbers['feeds']} feeds show them"
    ]
    for brief in numbers["briefs"]:
        line = f"{brief['id']}: {', '.join(brief['countries'])}; {', '.join(brief['topics'])}; {brief['stage']}; sources: {brief['grade']}"
        if brief["measure"]:
            line += f"; measure {brief['measure']}"
            if brief["new_measure"]:
                line += " (new)"
            elif brief["previous_stage"] != brief["stage"]:
                line += f" (was {brief['previous_stage'] or 'without a stage'})"
        if brief["near_duplicates"]:
            line += f"; looks like {', '.join(brief['near_duplicates'])}"
        lines.append(line)
    return printable("\n".join(lines), limit=None).replace("\\u{A}", "\n")
