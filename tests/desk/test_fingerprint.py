"""Fingerprints: what they keep of a text, and what they do with hostile files."""

from __future__ import annotations

import base64
import contextlib
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.desk.fingerprint import LARGEST, MOST_WORDS, Fingerprint, hash_shingles, parse_fingerprint, scale_hashes
from plugins.desk.golomb import decode_set, encode_set
from plugins.desk.grounding import Evidence
from plugins.desk.normalise import split_words

TEXT = """The Ministry of Trade of Freedonia put a levy of 12% on diggers of coins on 5 June 2024.
Minister Rufus Firefly said that “the levy is small, but it is a start” and thanked the Sylvanian Bank."""


@given(st.sets(st.integers(min_value=0, max_value=1 << 20)))
def test_a_set_comes_back_from_its_code(values: set[int]) -> None:
    """Encoding and decoding are inverse, in order."""
    assert list(decode_set(encode_set(values), 1 << 21)) == sorted(values)


@given(st.sets(st.integers(min_value=0, max_value=25_599), min_size=60, max_size=100))
def test_the_first_values_can_be_read_alone(values: set[int]) -> None:
    """The head of a set is read without the rest."""
    assert list(decode_set(encode_set(values), 25_600, 48)) == sorted(values)[:48]


@given(st.binary(max_size=2_000))
def test_any_bytes_are_a_set_or_an_error(data: bytes) -> None:
    """Hostile data ends in values below the bound or in ValueError, never in a hang."""
    with contextlib.suppress(ValueError):
        assert all(value < 25_600 for value in decode_set(data, 25_600))
    assert len(list(decode_set(data[:50], 1 << 40, 5))) <= 5


def test_the_file_gives_the_fingerprint_back() -> None:
    """Written and read again, everything but the full hashes is equal."""
    made = Fingerprint.from_text("A levy", TEXT, "2024-06-07")
    read = parse_fingerprint(made.to_json())
    assert (read.n, read.words, read.data, read.figures, read.names, read.values) == (
        made.n,
        made.words,
        made.data,
        made.figures,
        made.names,
        made.values,
    )
    assert {"12%", "d06-05", "d06-07", "2024"} <= read.figures
    assert {"freedonia", "firefly"} <= read.names.words


def test_the_file_is_the_same_every_time() -> None:
    """Same text, same bytes: nothing follows the order of a set."""
    assert Fingerprint.from_text(None, TEXT).to_json() == Fingerprint.from_text(None, TEXT).to_json()


def test_the_text_is_not_in_the_file() -> None:
    """Small words of the source cannot be read in its fingerprint; its size stays near 2 kB for 670 words."""
    syllables = "ba de fi go ku la me ni po ru".split()
    words = " ".join(syllables[i * 7 % 10] + syllables[i * i % 9] + syllables[i // 7 % 10] for i in range(670))
    file = Fingerprint.from_text(None, f"{TEXT} {words}").to_json()
    assert "diggers" not in file
    assert len(file) < 2_500


def test_a_long_source_is_known_in_part_only() -> None:
    """A fingerprint that does not cover its source finds nothing missing, but still finds copies, and fits its bound."""
    words = " ".join(f"Word{i} {i}.5%" for i in range(MOST_WORDS))
    file = Fingerprint.from_text(None, words).to_json()
    assert len(file.encode()) < LARGEST
    read = parse_fingerprint(file)
    assert not read.is_whole
    assert not Evidence.from_fingerprint(read).is_whole


def test_every_true_shingle_is_held_and_few_strange_ones() -> None:
    """No true passage is refused; one strange shingle in 256 is taken for true."""
    read = parse_fingerprint(Fingerprint.from_text(None, TEXT).to_json())
    assert all(read.holds_shingles(hash_shingles(split_words(TEXT))))
    strange = hash_shingles([f"w{i}" for i in range(20_000)])
    assert sum(read.holds_shingles(strange)) < 20_000 / 256 * 1.5
    assert max(scale_hashes(strange, read.n)) < read.n * 256


def _altered(**changes: object) -> str:
    return json.dumps({**json.loads(Fingerprint.from_text(None, TEXT).to_json()), **changes})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "nul",
        "[" * 50_000,
        "1" * 10_000,
        _altered(v=2),
        _altered(v=True),
        _altered(n=-1),
        _altered(n=10**9),
        _altered(n=1.5),
        _altered(n=1),
        _altered(words=1),
        _altered(words=10**12),
        _altered(data="***"),
        _altered(data=base64.b64encode(b"\xff" * 20_000).decode()),
        _altered(data=base64.b64encode(b"\x00" * 20_000).decode()),
        _altered(data=""),
        _altered(data=[1]),
        _altered(figures="12% x'"),
        _altered(figures="9" * 50),
        _altered(names="a" * 100),
        _altered(names="a\x07b"),
        _altered(names=" ".join(f"n{i}" for i in range(6_000))),
        _altered(countries="é"),
        _altered(script="latin1"),
        _altered(extractor="x\x1b[31m"),
        _altered(more=1),
        "x" * (LARGEST + 1),
    ],
)
def test_a_bad_file_is_refused_with_a_reason(text: str) -> None:
    """Counts, codes and lists of a contributor's file are not trusted; a refusal is quick."""
    started = time.monotonic()
    with pytest.raises(ValueError, match=r"fingerprint|data"):
        parse_fingerprint(text)
    assert time.monotonic() - started < 2


@given(st.text(max_size=300))
def test_any_text_is_a_fingerprint_or_an_error(text: str) -> None:
    """Nothing but ValueError comes from a bad file."""
    with pytest.raises(ValueError, match="fingerprint"):
        parse_fingerprint(text)


@given(st.text(max_size=300))
def test_any_source_has_a_fingerprint(text: str) -> None:
    """What is written can be read, whatever the source holds."""
    made = Fingerprint.from_text(None, text)
    file = made.to_json().encode("utf-8", "surrogatepass").decode("utf-8", "surrogatepass")
    assert parse_fingerprint(file).values == made.values
