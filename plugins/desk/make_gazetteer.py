"""Writes ``data/gazetteer_names.txt``: names of countries in the languages of CLDR. Run at development time, with Babel:

    python -m plugins.desk.make_gazetteer

One line a language: its code, then ``phrase=CODE`` divided by tabs. A star ends a stem, with the most letters that may follow.
"""

from __future__ import annotations

import re
from pathlib import Path

_FILE = Path(__file__).with_name("data") / "gazetteer_names.txt"
LANGUAGES = (
    "af am ar as az be bg bn bs ca cs cy da de el en es et eu fa fi fil fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko ky lo lt lv "
    "mk ml mn mr ms my nb ne nl or pa pl ps pt ro ru sd si sk sl so sq sr sr_Latn sv sw ta te th tk tr uk ur uz vi yo zh zh_Hant zu"
).split()
# Languages that decline names; in Turkish an apostrophe divides the ending.
_DECLINED = frozenset("az be bg bs cs el et eu fi hr hu hy is ka kk ky lt lv mk mn pl ro ru sk sl sq sr sr_Latn tk uk uz".split())
_ADJECTIVE_ENDINGS = ("ая", "ое", "ые", "ий", "ый", "ја", "ні", "на", "ný", "ná", "né", "na", "no", "ne", "ska", "ské", "ská", "sko")
_VOWELS = "aeiouyáéíóúýàèäöüąęěőűaаеиіоуыэюяйьъїєαειουηωάέίόύήώ"
_CODES = re.compile(r"[A-Z]{2}")
_LEFT_OUT = frozenset({"EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"})


def build_line(language: str) -> str:
    """The names of one language as a line of the file."""
    from babel import Locale

    phrases: dict[str, list[str]] = {}
    for code, name in sorted(Locale.parse(language).territories.items()):
        if _CODES.fullmatch(code) and code not in _LEFT_OUT:
            for phrase in _name_phrases(code, name, language):
                phrases.setdefault(phrase, []).append(code)
    return "\t".join([language, *(f"{phrase}={' '.join(codes)}" for phrase, codes in sorted(phrases.items()))])


def _name_phrases(code: str, name: str, language: str) -> list[str]:
    plain = re.sub(r"\s*[(（\[].*?[)）\]]", "", name).replace("’", "'")
    inside = re.findall(r"[(（\[](.*?)[)）\]]", name)
    names = {plain} | {part for part in inside if code == "MM"}
    names |= {plain.replace("&", "and")} if language == "en" else set()
    if code in ("HK", "MO"):
        names |= {" ".join(plain.split()[:2]) if code == "HK" and " " in plain else plain.split()[0].split("特别")[0]}
    if code == "CG":
        names |= {re.split(r"\s*[-–—]\s*", plain)[0]}
    found = []
    for entry in sorted(names):
        words = [word for word in re.split(r"[\s\-–—/,&]+", entry) if word.strip(".'")]
        if words:
            found.append(" ".join(_decline(word, len(words)) for word in words) if language in _DECLINED else " ".join(words))
    return found


def _decline(word: str, of: int) -> str:
    """A word of a name as a stem: the last letter dropped from long ones, more from adjectives, none from short ones."""
    if len(word) > 5 and of > 1 and word.lower().endswith(_ADJECTIVE_ENDINGS):
        return f"{word[:-2]}*3"
    if len(word) > 5:
        return f"{word[:-1]}*3"
    if len(word) == 5:
        return f"{word[:-1]}*3" if word[-1].lower() in _VOWELS else f"{word}*2"
    if len(word) == 4:
        return f"{word[:-1]}*2" if word[-1].lower() in _VOWELS else f"{word}*2"
    return word


if __name__ == "__main__":
    _FILE.write_text("".join(build_line(language) + "\n" for language in LANGUAGES), "utf-8")
