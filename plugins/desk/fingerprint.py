"""Fingerprint of a source text: enough to check a brief against it, not enough to read it.

Three-word shingles of the normalised words are hashed with keyed BLAKE2b to 64 bits, scaled to ``n * 256`` and kept as a
Golomb-Rice coded set; capitalised words and figures are kept plain. The file comes from a contributor, so nothing in it is trusted.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import Any

from plugins.desk.golomb import K, decode_set, encode_set
from plugins.desk.names import LONGEST_NAME, SourceNames, read_source_names
from plugins.desk.normalise import INVISIBLE, split_words
from plugins.desk.source_figures import source_figures

VERSION = 1
EXTRACTOR = "digest-desk 1"
SIZE = 3  # words of a shingle
LARGEST = 64_000  # bytes of a fingerprint file
MOST_WORDS = 20_000  # of a source that are kept, about 60 pages; the fingerprint of a longer one only tells what is there
_MOST_NAMES, _MOST_FIGURES = 16_000, 8_000  # bytes
_MOST_VALUES = 5_000  # names, and figures, of a file
LONGEST_TEXT = 600_000  # characters of a source that are read
_KEY = b"policy digest fingerprint 1"
_KEYS = (
    "v",
    "extractor",
    "words",
    "script",
    "n",
    "data",
    "figures",
    "names",
    "countries",
)
_FIGURE = re.compile(r"\d{1,24}(?:\.\d{1,24})?%?|d\d\d-\d\d|m\d\d|c\d\d?")
_SCRIPTS = ("en", "latin", "cyrillic", "other")
SUFFIX = ".fingerprint.json"


def hash_shingles(words: Sequence[str]) -> list[int]:
    """The 64-bit hashes of the three-word shingles, in order."""
    return [
        int.from_bytes(
            blake2b(f"{a} {b} {c}".encode("utf-8", "surrogatepass"), digest_size=8, key=_KEY).digest(),
            "big",
        )
        for a, b, c in zip(words, words[1:], words[2:], strict=False)
    ]


def scale_hashes(hashes: Iterable[int], n: int) -> list[int]:
    """64-bit hashes as numbers below ``n * 256``, the form in which a fingerprint of ``n`` shingles keeps them."""
    span = n << K
    return [(h * span) >> 64 for h in hashes]


@dataclass(frozen=True)
class Fingerprint:
    """What is kept of a source text. ``hashes`` are there only where it was made from the text in this process."""

    words: int
    n: int  # distinct shingles when it was made; sets the range of the values
    data: bytes
    figures: frozenset[str]
    names: SourceNames
    extractor: str = EXTRACTOR
    hashes: tuple[int, ...] = field(default=(), repr=False)  # ascending

    @classmethod
    def from_text(cls, title: str | None, text: str, published: str | None = None) -> Fingerprint:
        """The fingerprint of an article. ``published`` (``YYYY-MM[-DD]``) counts as stated by the source, where the page gives it."""
        whole = join_title(title, text[:LONGEST_TEXT]).translate(INVISIBLE)
        words = split_words(whole)
        hashes = sorted(set(hash_shingles(words[:MOST_WORDS])))
        names = read_source_names(whole)
        figures = source_figures(f"{whole}\n{published or ''}", foreign=names.script != "en")
        return cls(
            words=len(words),
            n=len(hashes),
            data=encode_set(scale_hashes(hashes, len(hashes))),
            figures=_fit(figures, _MOST_FIGURES),
            names=SourceNames(_fit(names.words, _MOST_NAMES), names.countries, names.script),
            hashes=tuple(hashes),
        )

    @property
    def is_whole(self) -> bool:
        """Whether the fingerprint covers the whole source, so that what is not in it is not in the source."""
        return self.words <= MOST_WORDS

    @cached_property
    def values(self) -> frozenset[int]:
        """The scaled hashes. Raises ValueError where the data is no set of ``n`` shingles."""
        found = frozenset(decode_set(self.data, self.n << K))
        if len(found) > self.n:
            raise ValueError("the fingerprint holds more shingles than it says")
        return found

    def holds_shingles(self, hashes: Iterable[int]) -> list[bool]:
        """For each 64-bit hash whether the source seems to have its shingle (wrong for one strange shingle in 256)."""
        return [value in self.values for value in scale_hashes(hashes, self.n)]

    def to_json(self) -> str:
        """The fingerprint as the text of its file."""
        entry = {
            "v": VERSION,
            "extractor": self.extractor,
            "words": self.words,
            "script": self.names.script,
            "n": self.n,
            "data": base64.b64encode(self.data).decode("ascii"),
            "figures": " ".join(sorted(self.figures)),
            "names": " ".join(sorted(self.names.words)),
            "countries": " ".join(sorted(self.names.countries)),
        }
        return json.dumps(entry, ensure_ascii=False, indent=0) + "\n"


def _fit(values: Iterable[str], most: int) -> frozenset[str]:
    """As many of the values as fit into so many bytes, in order."""
    kept: list[str] = []
    for value in sorted(values):
        most -= len(value.encode("utf-8", "surrogatepass")) + 1
        if most < 0:
            break
        kept.append(value)
    return frozenset(kept)


def build_fingerprint(title: str | None, text: str, published: str | None = None) -> Fingerprint:
    """The fingerprint of an article: ``Fingerprint.from_text``."""
    return Fingerprint.from_text(title, text, published)


def join_title(title: str | None, text: str) -> str:
    """Title and text as one source; a title that the text begins with is not doubled."""
    return text if not title or text.lstrip().startswith(title.strip()) else f"{title}\n\n{text}"


def parse_fingerprint(text: str) -> Fingerprint:
    """The fingerprint that a file holds. Raises ValueError, with the reason, for anything that is none."""
    if len(text) > LARGEST:
        raise ValueError(f"the fingerprint is larger than {LARGEST:,} characters")
    try:
        entry: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError("the fingerprint is no JSON") from error
    if not isinstance(entry, dict) or sorted(entry) != sorted(_KEYS):
        raise ValueError(f"the fingerprint does not have exactly the keys {', '.join(_KEYS)}")
    if type(entry["v"]) is not int or entry["v"] != VERSION:
        raise ValueError(f"the fingerprint is not of version {VERSION}; draft the brief again")
    n = _read_count(entry, "n", MOST_WORDS)
    words = _read_count(entry, "words", LONGEST_TEXT)
    texts = [key for key in _KEYS if key not in ("v", "n", "words")]
    if not all(isinstance(entry[key], str) for key in texts):
        raise ValueError(f"{', '.join(texts)} of a fingerprint are text")
    if entry["script"] not in _SCRIPTS or len(entry["extractor"]) > 60 or not entry["extractor"].isprintable():
        raise ValueError("`script` or `extractor` of the fingerprint is none of ours")
    if words < n:
        raise ValueError("the fingerprint says that it has more shingles than words")
    try:
        data = base64.b64decode(entry["data"], validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("`data` of the fingerprint is no Base64") from error
    names = _read_list(
        entry,
        "names",
        lambda name: len(name) <= LONGEST_NAME + 1 and name.isprintable(),
    )
    figures = _read_list(entry, "figures", lambda figure: bool(_FIGURE.fullmatch(figure)))
    countries = _read_list(entry, "countries", lambda code: len(code) <= 10 and code.isascii())
    found = Fingerprint(
        words,
        n,
        data,
        figures,
        SourceNames(names, countries, entry["script"]),
        entry["extractor"],
    )
    if n and not found.values:
        raise ValueError("the fingerprint holds no shingles")
    return found


def _read_count(entry: dict[str, Any], key: str, most: int) -> int:
    count = entry[key]
    if type(count) is not int or not 0 <= count <= most:
        raise ValueError(f"`{key}` of the fingerprint is no number from 0 to {most:,}")
    return count


def _read_list(entry: dict[str, Any], key: str, is_good: Any) -> frozenset[str]:
    values = entry[key].split()
    if len(values) > _MOST_VALUES or not all(is_good(value) for value in values):
        raise ValueError(f"`{key}` of the fingerprint has too many entries or one that cannot be")
    return frozenset(values)
