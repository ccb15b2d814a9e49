"""Writes ``data/months.json``: the names of the months in the languages of CLDR. Run at development time, with Babel:

python -m plugins.desk.make_months
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from plugins.desk.normalise import strip_accents

TARGET = Path(__file__).with_name("data") / "months.json"
_LANGUAGES = (
    "ar az be bg bn ca cs da de el en es et fa fi fil fr ga gl he hi hr hu hy id is it ka kk km ky lo lt lv mk mn mr ms my nb "
    "ne nl pl pt ro ru sk sl sq sr sv sw ta te tg th tk tr uk ur uz vi"
)
LANGUAGES = tuple(_LANGUAGES.split())


def build_months() -> dict[str, dict[str, list[int]]]:
    """Full names and abbreviations, lower case and without accents, each with the months that it may mean."""
    from babel import Locale

    found: dict[str, dict[str, set[int]]] = {"names": {}, "short": {}}
    for language in LANGUAGES:
        months = Locale.parse(language).months
        for usage in ("format", "stand-alone"):
            for width, kind in (("wide", "names"), ("abbreviated", "short")):
                for number, name in months[usage][width].items():
                    plain = strip_accents(name.lower()).strip(" .").removeprefix("de ").removeprefix("d'").removeprefix("d’")
                    if (
                        re.fullmatch(
                            r"[^\W\d_]+(?:[\u0300-\u036f\u0900-\u0e7f]+[^\W\d_]*)*",
                            plain,
                        )
                        and len(plain) > 2
                    ):
                        found[kind].setdefault(plain, set()).add(number)
    for name in found["names"]:
        found["short"].pop(name, None)
    for name in ("sept",):
        found["short"].setdefault(name, set()).add(9)
    return {kind: {name: sorted(numbers) for name, numbers in sorted(names.items())} for kind, names in found.items()}


if __name__ == "__main__":
    TARGET.write_text(
        json.dumps(build_months(), ensure_ascii=False, separators=(",", ":")).replace("],", "],\n") + "\n",
        "utf-8",
    )
