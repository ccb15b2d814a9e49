"""Reading ``content/``: the vocabularies."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from plugins.domain.addresses import BadAddressError, check_address
from plugins.domain.characters import is_clean
from plugins.domain.faults import Fault, Severity, printable
from plugins.domain.folders import check_folder, sorted_entries
from plugins.domain.frontmatter import FrontMatter, split_front_matter
from plugins.domain.markup import render_body
from plugins.domain.reader import decode
from plugins.domain.stage import CountryKind, MeasureKind
from plugins.domain.vocabulary import Country, Measure, Topic, Vocabulary

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_CODE = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,8})?", re.ASCII)
_WEIGHTED = re.compile(r"(.+?)\s+(\d(?:\.\d+)?)")
_LARGEST = 64_000  # bytes of a topic or measure file
_LARGEST_COUNTRIES = 1_000_000
_LONGEST = 1_000  # characters of a value of a topic or measure
DEFAULT_WEIGHT = 2.0


Entry = tuple[list[Any] | None, list[list[Any]]]
"""What a vocabulary file gave, as plain JSON values: its fields or None, and the fields of its faults."""
Remember = Callable[[os.DirEntry[str], Callable[[], Entry]], Entry]
"""Gives what is known of a file, or calls for it to be read."""


def read_always(entry: os.DirEntry[str], read: Callable[[], Entry]) -> Entry:
    """Remembers nothing."""
    return read()


def load_vocabulary(content: Path, remember: Remember = read_always) -> tuple[Vocabulary, list[Fault]]:
    """Countries, topics and measures of a content folder, and what is wrong with them (V404)."""
    countries, faults = _load_countries(content / "countries.toml", remember)
    topics = {t[0]: _topic(t) for t in _load_folder(content / "topics", _read_topic, remember, faults)}
    measures = {m[0]: _measure(m) for m in _load_folder(content / "measures", _read_measure, remember, faults)}
    vocabulary = Vocabulary(
        dict(sorted(countries.items(), key=lambda c: (c[1].name, c[0]))),
        dict(sorted(topics.items(), key=lambda t: (t[1].title, t[0]))),
        dict(sorted(measures.items(), key=lambda m: (m[1].title, m[0]))),
    )
    faults += _check_vocabulary(vocabulary, content)
    usable = {id: m for id, m in vocabulary.measures.items() if all(code in countries for code in m.countries)}
    return vocabulary._replace(measures=usable), faults


def _load_countries(file: Path, remember: Remember) -> tuple[dict[str, Country], list[Fault]]:
    shown = str(file)
    found = [e for e in sorted_entries(file.parent) if e.name == file.name] if file.parent.is_dir() else []
    rows, problems = remember(found[0], lambda: _read_countries(file)) if found else _read_countries(file)
    faults = [Fault(shown, line, code, message, hint, Severity(severity)) for line, code, message, hint, severity in problems]
    return {row[0]: _country(row) for row in rows or ()}, faults


def _read_countries(file: Path) -> Entry:
    """The fields of each country, and what is wrong."""
    import tomllib  # only where the file changed

    hint, fault = "restore it from the repository", Severity.FAULT.value
    try:
        if file.is_symlink() or not file.is_file() or file.stat().st_size > _LARGEST_COUNTRIES:
            return None, [[1, "V404", f"is no regular file of at most {_LARGEST_COUNTRIES:,} bytes", hint, fault]]
        raw = file.read_bytes()
        table = tomllib.loads(raw.decode("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return None, [[1, "V404", f"cannot be read: {error}", hint, fault]]
    found: list[Any] = []
    faults: list[list[Any]] = []
    for code, row in table.items():
        try:
            if not _CODE.fullmatch(code) or not _ID.fullmatch(row["slug"]) or row["slug"] == "page":
                raise ValueError("the code or slug has the wrong form")
            found.append(_read_country(code, row))
        except (KeyError, TypeError, ValueError) as error:
            message = f"the table [{code}] is incomplete: {error}"
            faults.append([_line_in(raw, f"[{code}]"), "V404", message, "give name, slug, kind and region", fault])
    return found, faults


def _read_country(code: str, row: dict[str, Any]) -> list[Any]:
    """The fields of a country from its table. Raises KeyError, TypeError or ValueError where it is incomplete."""
    name, region, members, tile = row["name"], row.get("region", ""), row.get("members", []), row.get("tile")
    if not (_is_line(name) and name and _is_line(region) and _is_list(members)) or not is_clean(name + region):
        raise TypeError("a value has the wrong form")
    if tile is not None and not (isinstance(tile, list) and len(tile) == 2 and all(isinstance(n, int) for n in tile)):
        raise TypeError("the tile is no pair of numbers")
    return [code, name, row["slug"], CountryKind(row["kind"]).value, region, members, tile]


def _country(fields: list[Any]) -> Country:
    code, name, slug, kind, region, members, tile = fields
    return Country(code, name, slug, CountryKind(kind), region, tuple(members), (tile[0], tile[1]) if tile else None)


def _line_in(raw: bytes, text: str) -> int:
    at = raw.find(text.encode())
    return raw.count(b"\n", 0, at) + 1 if at >= 0 else 1


def _load_folder(
    folder: Path, read: Callable[[str, FrontMatter, list[Fault]], list[Any] | None], remember: Remember, faults: list[Fault]
) -> Iterator[list[Any]]:
    """The fields of each good file of a folder, in the order of their names."""
    linked = check_folder(folder, str(folder))
    faults += linked
    for entry in sorted_entries(folder) if folder.is_dir() and not linked else ():
        if entry.name.startswith("."):
            continue
        shown = f"{folder}/{entry.name}"
        fields, problems = remember(entry, lambda entry=entry, shown=shown: _read_entry(entry, shown, read))  # type: ignore[misc]
        faults += [Fault(shown, line, code, message, hint, Severity(severity)) for line, code, message, hint, severity in problems]
        if fields is not None:
            yield fields


def _read_entry(entry: os.DirEntry[str], shown: str, read: Callable[[str, FrontMatter, list[Fault]], list[Any] | None]) -> Entry:
    faults: list[Fault] = []
    fields = None
    stem, _, ending = entry.name.rpartition(".")
    if not entry.is_file(follow_symlinks=False) or ending != "md" or not _ID.fullmatch(stem) or stem == "page":
        hint = "name it slug.md: small letters a-z, digits, hyphens"
        faults.append(Fault(shown, 1, "F101", f"`{printable(entry.name)}` is no name of a file here", hint))
    elif entry.stat(follow_symlinks=False).st_size > _LARGEST:
        faults.append(Fault(shown, 1, "F104", f"the file has more than {_LARGEST:,} bytes", "shorten it"))
    else:
        raw = Path(entry.path).read_bytes()
        text, problems = decode(raw, shown)
        faults += problems
        front = None
        if text is not None:
            front, more = split_front_matter(text, shown)
            faults += more
        if front is not None and not faults:
            fields = read(shown, front, faults)
            if fields is not None:
                fields = [stem, hashlib.blake2b(raw, digest_size=12).hexdigest(), *fields]
    return fields, [[f.line, f.code, f.message, f.hint, f.severity.value] for f in faults]


def _take(
    front: FrontMatter, shown: str, required: tuple[str, ...], optional: tuple[str, ...], faults: list[Fault]
) -> dict[str, Any] | None:
    """The values of a vocabulary file, or None and faults where keys are missing, unknown or of the wrong form."""
    bad = []
    for key in front.data:
        if key not in required + optional:
            bad.append(Fault(shown, front.line(key), "B301", f"unknown key `{key}`", f"the keys are {', '.join(required + optional)}"))
    for key in required:
        if not front.data.get(key):
            bad.append(Fault(shown, 1, "B302", f"`{key}` is missing or empty", "fill it in"))
    for key, value in front.data.items():
        wants_list = key in ("countries", "words")
        if not _is_list(value) if wants_list else not _is_line(value):
            bad.append(
                Fault(
                    shown,
                    front.line(key),
                    "B303",
                    f"`{key}` has the wrong form",
                    "write a list: […]" if wants_list else "write one line of text",
                )
            )
    faults += bad
    return None if bad else front.data


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(_is_line(v) for v in value)


def _is_line(value: object) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST and not any(c in value for c in "\n\t")


def _render(front: FrontMatter, shown: str, faults: list[Fault]) -> tuple[str, list[str]] | None:
    """The body as HTML, and the addresses of ours that it links to."""
    rendered, problems = render_body(front.body, shown, front.body_line)
    faults += problems
    return None if rendered is None else (rendered.html, list(rendered.links))


def _read_topic(shown: str, front: FrontMatter, faults: list[Fault]) -> list[Any] | None:
    values = _take(front, shown, ("title", "definition"), ("broader", "words"), faults)
    prose = _render(front, shown, faults)
    if values is None or prose is None:
        return None
    words = [_parse_word(w) for w in values.get("words", ())]
    return [values["title"], values["definition"], values.get("broader"), words, *prose]


def _topic(fields: list[Any]) -> Topic:
    id, digest, title, definition, broader, words, html, links = fields
    return Topic(id, title, definition, broader, tuple((w, float(n)) for w, n in words), html, tuple(links), bytes.fromhex(digest))


def _parse_word(text: str) -> tuple[str, float]:
    found = _WEIGHTED.fullmatch(text)
    return (found[1], float(found[2])) if found else (text, DEFAULT_WEIGHT)


def _read_measure(shown: str, front: FrontMatter, faults: list[Fault]) -> list[Any] | None:
    values = _take(front, shown, ("title", "countries", "kind"), ("official_id", "url"), faults)
    prose = _render(front, shown, faults)
    if values is None or prose is None:
        return None
    kinds = [k.value for k in MeasureKind]
    if values["kind"] not in kinds:
        faults.append(
            Fault(shown, front.line("kind"), "B306", f"`kind`: `{values['kind']}` is not in the list", f"write one of {', '.join(kinds)}")
        )
        return None
    if values.get("url"):
        try:
            check_address(values["url"])
        except BadAddressError as error:
            faults.append(Fault(shown, front.line("url"), error.code, str(error), error.hint))
            return None
    return [values["title"], values["countries"], values["kind"], values.get("official_id") or None, values.get("url") or None, *prose]


def _measure(fields: list[Any]) -> Measure:
    id, digest, title, countries, kind, official_id, url, html, links = fields
    return Measure(id, title, tuple(countries), MeasureKind(kind), official_id, url, html, tuple(links), bytes.fromhex(digest))


def _check_vocabulary(vocabulary: Vocabulary, content: Path) -> Iterator[Fault]:
    slugs: dict[str, str] = {}
    for country in vocabulary.countries.values():
        if country.slug in slugs:
            yield Fault(
                str(content / "countries.toml"),
                1,
                "V404",
                f"{country.code} and {slugs[country.slug]} have one slug `{country.slug}`",
                "slugs are unique",
            )
        slugs[country.slug] = country.code
        for member in country.members:
            if member not in vocabulary.countries:
                yield Fault(str(content / "countries.toml"), 1, "V404", f"{country.code} has an unknown member {member}", "write its code")
    for topic in vocabulary.topics.values():
        if topic.broader and (topic.broader not in vocabulary.topics or topic.broader == topic.id):
            yield Fault(
                str(content / "topics" / f"{topic.id}.md"),
                1,
                "V404",
                f"unknown broader topic `{topic.broader}`",
                "write the id of another topic",
            )
    titles: dict[str, str] = {}
    for measure in vocabulary.measures.values():
        shown = f"{content}/measures/{measure.id}.md"
        for code in measure.countries:
            if code not in vocabulary.countries:
                yield Fault(shown, 1, "V401", f"unknown country `{code}`", "write a code of content/countries.toml")
        if measure.title in titles:
            yield Fault(shown, 1, "V404", f"has the title of measure `{titles[measure.title]}`", "titles of measures are unique")
        titles[measure.title] = measure.id
