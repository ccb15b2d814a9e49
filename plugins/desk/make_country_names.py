"""Writes ``data/country_names.json``: names of countries from CLDR, and our English adjectives. Run at development time, with Babel:

python -m plugins.desk.make_country_names
"""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

_DATA = Path(__file__).with_name("data")
_COUNTRIES = Path(__file__).parents[2] / "content" / "countries.toml"
# Latin, Cyrillic and Greek: names in other scripts are not compared.
_LANGUAGES = (
    "az be bg bs ca cs da de el es et fi fil fr gl hr hu id is it kk ky lt lv mk mn ms nb nl pl pt ro ru sk sl sq "
    "sr sr-Latn sv sw tk tr uk uz vi"
)
LANGUAGES = tuple(_LANGUAGES.split())
_CODE = re.compile(r"[A-Z]{2}")
_NO_COUNTRIES = frozenset({"EZ", "UN", "QO", "XA", "XB", "ZZ", "EU"})


def build_names() -> dict[str, dict[str, str]]:
    """English names and those of other languages, each with the codes that it may mean, joined by blanks."""
    english: dict[str, set[str]] = {}
    for line in (_DATA / "adjectives.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            code, _, names = line.partition(" ")
            for name in names.split("|"):
                english.setdefault(name.strip(), set()).add(code)
    other: dict[str, set[str]] = {}
    for code, name in _read_own_names():
        english.setdefault(name, set()).add(code)
    for language in ("en", *LANGUAGES):
        for code, name in _read_territories(language):
            (english if language == "en" else other).setdefault(name, set()).add(code)
    return {
        "english": {name: " ".join(sorted(codes)) for name, codes in sorted(english.items())},
        "other": {name: " ".join(sorted(codes)) for name, codes in sorted(other.items()) if name not in english},
    }


def _read_own_names() -> list[tuple[str, str]]:
    """Names of subdivisions, unions and bodies, which CLDR does not have; ``New York State`` is also New York."""
    table = tomllib.loads(_COUNTRIES.read_text("utf-8"))
    names = {(code, re.sub(r"\s*\(.*\)", "", entry["name"])) for code, entry in table.items() if "-" in code}
    return sorted(names | {(code, name.removesuffix(" State")) for code, name in names if name == "New York State"})


def _read_territories(language: str) -> list[tuple[str, str]]:
    from babel import Locale

    territories = Locale.parse(language, sep="-").territories
    found = []
    for code, name in territories.items():
        if not _CODE.fullmatch(code) or code in _NO_COUNTRIES:
            continue
        plain = re.sub(r"\s*\(.*\)", "", name).replace("’", "'")
        found += [(code, plain)] + ([(code, plain.replace("&", "and"))] if "&" in plain else [])
    return found


if __name__ == "__main__":
    text = json.dumps(build_names(), ensure_ascii=False, indent=0)
    (_DATA / "country_names.json").write_text(text + "\n", "utf-8")
