"""``digest check --fix``: mends what has one right answer, and nothing else. The file's other bytes stay as they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from plugins.domain.addresses import find_tracking, strip_tracking
from plugins.domain.frontmatter import split_front_matter
from plugins.domain.loading import load_vocabulary
from plugins.domain.model import KEYS, PARTS
from plugins.domain.reader import LARGEST, decode
from plugins.domain.style import ORDER, split_sentences
from plugins.domain.vocabulary import Vocabulary

_KEY = re.compile(r"^([A-Za-z_][\w-]*)([ \t]*:)(?=[ \t]|$)")
_PART_KEY = re.compile(r"^([ \t]+(?:- )?)([A-Za-z_]+)(:)(?=[ \t]|$)")
_URL = re.compile(r"^([ \t]+(?:- )?(?:url|archive): *[\"']?)(https?://[^\s\"']+)")
_FLOW = re.compile(r"^(countries|topics):[ \t]*(.+?)[ \t]*$")
_AMERICAN = re.compile(r"^(date|added|checked):[ \t]*[\"']?(\d{4})[/.](\d\d)[/.](\d\d)[\"']?[ \t]*$")
_NUMBER = re.compile(r"^(date|added|checked):[ \t]*[\"'](\d{4}(?:-\d\d(?:-\d\d)?)?)[\"'][ \t]*$")
_TEXT = re.compile(
    r"^([ \t]*(?:- )?(?:title|summary|date_note|publisher|author|what|note):[ \t]+)([^\s\"'\[\]{}<>|&*!%@`#?,-].*?)[ \t]*([ \t]{2}#.*)?$"
)
_TABS = re.compile(r"^([ ]*(?:- )?[A-Za-z_]+:)[ ]*\t[ \t]*")
_OTHER_NAMES = {"uk": "GB", "great britain": "GB", "usa": "US", "turkey": "TR", "uae": "AE", "european union": "EU", "the eu": "EU"}

Step = Callable[[list[str], Vocabulary], list[str]]


def fix_files(names: Iterable[str], content: Path) -> Iterator[str]:
    """Mends files in place; a line for each file that was changed."""
    vocabulary, _ = load_vocabulary(content)
    for name in names:
        file = Path(name)
        if file.is_symlink() or not file.is_file() or file.stat().st_size > LARGEST:
            continue
        before = file.read_bytes()
        after = fix_text(before, vocabulary)
        if after is not None and after != before:
            part = file.with_name(".mending.part")  # a name that fits, however long the other is
            part.unlink(missing_ok=True)
            with part.open("xb") as new:  # never through a link that somebody laid there
                new.write(after)
            part.replace(file)
            yield f"mended {name}"


def fix_text(raw: bytes, vocabulary: Vocabulary) -> bytes | None:
    """The mended bytes of a brief, or None where it is no text that can be mended safely."""
    text, _ = decode(raw, "")
    if text is None:
        return None
    lines = text.split("\n")
    end = next((i for i in range(1, len(lines)) if re.fullmatch(r"---[ \t]*", lines[i])), None)
    if not re.fullmatch(r"---[ \t]*", lines[0]) or end is None:
        return None
    head, body = lines[1:end], lines[end + 1 :]
    before, _ = split_front_matter(text, "")
    if before is None:
        head = [_quote(line) for line in head]
    head = [_TABS.sub(r"\1 ", line) for line in head]
    for step in (_key_names, _values, _addresses, _order):
        head = step(head, vocabulary)
    head = [line.rstrip() for line in head]
    mended = "\n".join(["---", *head, "---", *_body(body)]).rstrip("\n") + "\n"
    front, _ = split_front_matter(mended, "")
    if before is not None and (front is None or _texts(front.data) != _texts(before.data)):
        return None  # never make a file worse
    return mended.encode("utf-8")


def _texts(data: dict[str, Any]) -> list[list[str]]:
    """The words of what readers see as it stands; a key may have been written in capitals."""
    small = {key.lower(): value for key, value in data.items()}
    return [str(small.get(key, "")).split() for key in ("title", "summary", "date_note")]


def _quote(line: str) -> str:
    """A text of one line that holds a colon, in quotes; a comment stays one where two blanks stand before its mark."""
    found = _TEXT.match(line)
    if not found or " #" in found[2] or not re.search(r":(?:[ \t]|$)", found[2]):
        return line
    if re.search(r"[\"\\]", found[2]):
        quoted = "'" + found[2].replace("'", "''") + "'"
    else:
        quoted = f'"{found[2]}"'
    return found[1] + quoted + (found[3] or "")


def _with_keys(head: list[str]) -> Iterator[tuple[str, str]]:
    """Each line with the top key that it belongs to."""
    key = ""
    for line in head:
        found = _KEY.match(line)
        key = found[1].lower() if found else key
        yield key, line


def _key_names(head: list[str], vocabulary: Vocabulary) -> list[str]:
    """Keys in small letters (`Title:`), where the small one is known and not there yet."""
    present = {m[1] for line in head if (m := _KEY.match(line))}

    def small(key: str, line: str) -> str:
        found = _KEY.match(line)
        if found and found[1] not in KEYS and found[1].lower() in KEYS and found[1].lower() not in present:
            return found[1].lower() + ":" + line[found.end() :]
        part = _PART_KEY.match(line)
        if part and part[2].lower() in PARTS.get(key, ()) and part[2] not in PARTS[key]:
            return part[1] + part[2].lower() + ":" + line[part.end() :]
        return line

    return _split_tags([small(key, line) for key, line in _with_keys(head)], vocabulary)


def _split_tags(head: list[str], vocabulary: Vocabulary) -> list[str]:
    """Pelican's `tags: Russia, mining` as `countries` and `topics`, where every tag is one of ours and neither key is there."""
    found = []
    for line in head:
        tags = re.match(r"^[Tt]ags:[ \t]*(.+)$", line)
        present = {m[1] for other in head if (m := _KEY.match(other))}
        if not tags or present & {"countries", "topics"}:
            found.append(line)
            continue
        words = _items(tags[1])
        codes = [c for w in words if (c := _code(w, vocabulary))]
        topics = [t for w in words if (t := _topic(w, vocabulary))]
        if len(codes) + len(topics) == len(words) and codes and topics:
            found += [f"countries: [{', '.join(codes)}]", f"topics: [{', '.join(topics)}]"]
        else:
            found.append(line)
    return found


def _values(head: list[str], vocabulary: Vocabulary) -> list[str]:
    """Country names to codes, topic titles to ids, single values to lists, dates to hyphens."""
    found = []
    for line in head:
        flow, date, quoted = _FLOW.match(line), _AMERICAN.match(line), _NUMBER.match(line)
        if flow:
            translate = _code if flow[1] == "countries" else _topic
            words = _items(flow[2])
            known = [translate(w, vocabulary) or w for w in words]
            if (known != words or not flow[2].startswith("[")) and all(translate(k, vocabulary) for k in known):
                line = f"{flow[1]}: [{', '.join(dict.fromkeys(known))}]"
        elif date:
            line = f"{date[1]}: {date[2]}-{date[3]}-{date[4]}"
        elif quoted:
            line = f"{quoted[1]}: {quoted[2]}"
        elif re.match(r"^(stage|ai|status):[ \t]*\S", line):
            key, value = line.split(":", 1)
            plain = value.strip().strip("\"'").lower().replace(" ", "-").replace("_", "-")
            if re.fullmatch(r"[a-z-]+", plain):
                line = f"{key}: {plain}"
        found.append(line)
    return found


def _items(text: str) -> list[str]:
    inner = text.strip().removeprefix("[").removesuffix("]")
    return [w for item in re.split(r"[,;]", inner) if (w := item.strip().strip("\"'").strip())]


def _code(word: str, vocabulary: Vocabulary) -> str | None:
    if word in vocabulary.countries:
        return word
    names = {c.name.casefold(): code for code, c in vocabulary.countries.items()}
    upper = word.upper()
    return (
        names.get(word.casefold())
        or _OTHER_NAMES.get(word.casefold())
        or (upper if upper in vocabulary.countries and len(word) > 1 else None)
    )


def _topic(word: str, vocabulary: Vocabulary) -> str | None:
    if word in vocabulary.topics:
        return word
    titles = {t.title.casefold(): id for id, t in vocabulary.topics.items()}
    hyphened = "-".join(word.casefold().replace("_", " ").split())
    return titles.get(word.casefold()) or (hyphened if hyphened in vocabulary.topics else None)


def _addresses(head: list[str], vocabulary: Vocabulary) -> list[str]:
    """Addresses without tracking parameters."""

    def clean(key: str, line: str) -> str:
        found = _URL.match(line)
        if key == "sources" and found and find_tracking(found[2]):
            return found[1] + strip_tracking(found[2]) + line[found.end() :]
        return line

    return [clean(key, line) for key, line in _with_keys(head)]


def _order(head: list[str], vocabulary: Vocabulary) -> list[str]:
    """The keys in the usual order, each with the lines that belong to it; comments stay with what follows."""
    groups: list[tuple[str, list[str]]] = []
    loose: list[str] = []
    for line in head:
        key = _KEY.match(line)
        if key:
            groups.append((key[1], [*loose, line]))
            loose = []
        elif line.startswith("#") or not groups:
            loose.append(line)
        else:
            groups[-1][1].append(line)
    names = [name for name, _ in groups]
    if len(set(names)) != len(names) or any(n not in ORDER for n in names):
        return head
    ordered = sorted(groups, key=lambda g: ORDER.index(g[0]))
    return [line for _, lines in ordered for line in lines] + loose


def _body(lines: list[str]) -> list[str]:
    """No blanks at the end of lines, no two empty lines in a row but around code, one sentence a line."""
    kept: list[str] = []
    has_code = any(line.startswith(("    ", "\t")) or line.lstrip().startswith(("```", "~~~")) for line in lines)
    for line in lines:
        if has_code or line.strip() or not kept or kept[-1]:
            kept += split_sentences(line.rstrip())
    return kept
