"""The weekly look at sources: which addresses to ask for, and a report of those that no longer answer.

``python -m plugins.program.links list`` prints a configuration for curl, which does the asking; ``… report FILE`` reads what
curl wrote. Neither uses the network, and neither fails because a link is dead.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import quote, urlsplit

from plugins.domain.addresses import check_host
from plugins.domain.brief import Brief
from plugins.domain.reader import read_brief

FORM = "%{urlnum} %{http_code} %{exitcode}\\n"
GONE = frozenset({404, 410})
_NO_HOST = 6  # curl: could not resolve host
MOST_SHOWN = 200


def read_sources(content: Path) -> dict[str, tuple[str, ...]]:
    """The addresses that the briefs cite without an archived copy, with the ids of those briefs."""
    found: dict[str, list[str]] = {}
    for file in sorted((content / "briefs").glob("*/*.md")):
        brief = read_brief(file, str(file)).brief
        for url in _addresses(brief) if brief else ():
            found.setdefault(url, []).append(file.stem)
    return {url: tuple(ids) for url, ids in sorted(found.items())}


def _addresses(brief: Brief) -> Iterable[str]:
    return dict.fromkeys(s.url for s in brief.detail().sources if not s.archive)


def render_requests(urls: Iterable[str]) -> str:
    """curl's configuration: one transfer an address, nothing kept."""
    lines = []
    for url in urls:
        lines += [f'url = "{_ascii(url)}"', 'output = "/dev/null"']
    return "\n".join(lines) + "\n"


def _ascii(url: str) -> str:
    """The address as a program sends it: no quotation mark, backslash or character beyond ASCII is left."""
    parts = urlsplit(url)
    host = check_host(parts.hostname or "", url)
    netloc = f"[{host}]" if ":" in host else host
    if parts.port:
        netloc += f":{parts.port}"
    return f"{parts.scheme}://{netloc}" + quote(parts.path + (f"?{parts.query}" if parts.query else ""), safe="%/:=&?~+!$,;'@()*[]")


def parse_answers(text: str) -> dict[int, tuple[int, int]]:
    """Status and curl's exit code by number of the address, from 0. Lines of another form are passed over."""
    found = {}
    for line in text.splitlines():
        parts = line.split()
        if len(parts) == 3 and all(p.isascii() and p.isdigit() for p in parts):
            found[int(parts[0])] = (int(parts[1]), int(parts[2]))
    return found


def render_report(sources: Mapping[str, tuple[str, ...]], answers: Mapping[int, tuple[int, int]]) -> str:
    """The report in Markdown: what is gone, with where to look for archived copies, and how many could not be told."""
    gone, silent = [], 0
    for number, (url, ids) in enumerate(sources.items()):
        status, failed = answers.get(number, (0, -1))
        if status in GONE or failed == _NO_HOST:
            gone.append((url, ids, "no such host" if failed == _NO_HOST else str(status)))
        elif failed or not 200 <= status < 400:
            silent += 1
    told = f"{len(sources):,} sources without an archived copy: {len(gone):,} gone, {silent:,} did not answer a program."
    lines = [f"{told} (Many sites refuse programs; that says nothing of them.)"]
    if gone:
        lines += ["", "Look for a copy, compare it with the brief, and put its address as `archive` of the source:", ""]
    for url, ids, why in gone[:MOST_SHOWN]:
        shown = _ascii(url).replace("@", "%40").replace("*", "%2A").replace("(", "%28").replace(")", "%29")
        lines.append(f"- {', '.join(f'`{i}`' for i in ids)}: <{shown}> ({why}); [archived copies](https://web.archive.org/web/*/{shown})")
    if len(gone) > MOST_SHOWN:
        lines.append(f"- and {len(gone) - MOST_SHOWN:,} more")
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """0 done, 2 wrong use."""
    match arguments:
        case ["list"]:
            print(render_requests(read_sources(Path("content"))), end="")
        case ["report", file]:
            answers = parse_answers(Path(file).read_text("utf-8", "replace"))
            print(render_report(read_sources(Path("content")), answers), end="")
        case _:
            print("use: python -m plugins.program.links list, or report FILE", file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
