"""Broken briefs: each is the good one with one thing wrong, and the faults that it must give (line and code)."""

from __future__ import annotations

from dataclasses import dataclass

BODY = """The ministry of finance has published a draft that would give miners their own register.

Operators of large sites would have to report the power that they use, while private persons stay outside the register.

The central bank asks for a stricter text and has said so in a letter to the committee.

Neither the size of the fee nor the first day of the register is known.

Parliament is to discuss the draft after the summer.
"""
GOOD = f"""---
title: Ruritania plans a register for miners
date: 2024-05-16
countries: [DE]
topics: [mining, licensing]
stage: proposal
summary: The ministry of finance proposes a register for miners and a duty to report their use of power.
sources:
  - url: https://gazette.example/2024/register
    title: A register for miners
    publisher: Example Gazette
    kind: press
ai: none
---
{BODY}"""
NAME = "2024-05-16-ruritania-register.md"


@dataclass(frozen=True)
class Broken:
    """A broken brief: the good one with ``old`` replaced by ``new``, or raw ``text``."""

    what: str
    faults: tuple[tuple[int, str], ...]
    old: str = ""
    new: str = ""
    raw: bytes | None = None
    name: str = NAME

    def content(self) -> bytes:
        """The bytes of the file."""
        if self.raw is not None:
            return self.raw
        assert self.old in GOOD, self.what
        return GOOD.replace(self.old, self.new, 1).encode()


def _case(what: str, old: str, new: str, *faults: tuple[int, str]) -> Broken:
    return Broken(what, faults, old, new)


DATE = "date: 2024-05-16"
CASES = (
    _case("misspelt key", "summary:", "sumary:", (7, "B301"), (1, "B302")),
    _case("Pelican's Title", "title:", "Title:", (2, "B301"), (1, "B302")),
    _case("Pelican's tags", "ai: none", "ai: none\ntags: [mining]", (14, "B301")),
    _case("unknown key as pydantic names its own steps", "ai: none", "ai: none\nliteral: x\ntuples: y", (14, "B301"), (15, "B301")),
    _case("unknown key of a source", "    kind: press", "    kind: press\n    licence: x", (13, "B301")),
    _case("no title", "title: Ruritania plans a register for miners\n", "", (1, "B302")),
    _case("empty stage", "stage: proposal", "stage:", (6, "B302")),
    _case("source without publisher", "    publisher: Example Gazette\n", "", (9, "B302")),
    _case("countries no list", "countries: [DE]", "countries: DE", (4, "B303")),
    _case("title a list", "title: Ruritania plans a register for miners", "title: [a, b]", (2, "B303")),
    _case("sources no list", "sources:\n  - url", "sources:\n    url", (8, "B303")),
    _case("title too short", "Ruritania plans a register for miners", "Short", (2, "B304")),
    _case("title too long", "Ruritania plans a register for miners", "Ruritania " * 12, (2, "B304")),
    _case(
        "summary too short",
        "The ministry of finance proposes a register for miners and a duty to report their use of power.",
        "Too short.",
        (7, "B304"),
    ),
    _case("American date", DATE, "date: 05/16/2024", (3, "B305")),
    _case("no such day", DATE, "date: 2024-02-30", (3, "B305")),
    _case("year out of range", DATE, "date: 0001-01-01", (3, "B305")),
    _case("quarter as date", DATE, "date: 2024-Q2", (3, "B305")),
    _case("added no day", DATE, "date: 2024-05-16\nadded: 2024-05", (4, "B305")),
    _case("date without day and no added", DATE, "date: 2024-05", (3, "B309")),
    _case("added before date", DATE, "date: 2024-05-16\nadded: 2023-01-01", (4, "B308")),
    _case("unknown stage", "stage: proposal", "stage: propsal", (6, "B306")),
    _case("unknown kind of source", "    kind: press", "    kind: newspaper", (12, "B306")),
    _case("unknown label", "ai: none", "ai: robot", (13, "B306")),
    _case("unknown status", "ai: none", "ai: none\nstatus: hidden", (14, "B306")),
    _case("no topics", "topics: [mining, licensing]", "topics: []", (5, "B307")),
    _case("seven topics", "[mining, licensing]", "[a, b, c, d, e, f, g]", (5, "B307")),
    _case("a topic twice", "[mining, licensing]", "[mining, mining]", (5, "B307")),
    _case("placeholder", "The central bank asks", "TODO The central bank asks", (19, "B311")),
    _case("withdrawn without a reason", "ai: none", "ai: none\nstatus: withdrawn", (14, "B312")),
    _case(
        "revision before it was added",
        "ai: none",
        "ai: none\nrevisions:\n  - on: 2020-01-01\n    kind: update\n    note: Something changed",
        (15, "B308"),
    ),
    _case("country name", "[DE]", "[Germany]", (4, "V401")),
    _case("topic with blanks", "[mining, licensing]", "[Mining Law]", (5, "V402")),
    _case("measure out of its folder", "stage: proposal", "stage: proposal\nmeasure: ../../x", (7, "V403")),
    _case("replaced id that climbs out", "ai: none", "ai: none\nreplaces: [../../2022-a]", (14, "B303")),
    _case("replaced id among other words", "ai: none", "ai: none\nreplaces: [see 2022-a now]", (14, "B303")),
    _case("javascript address", "https://gazette.example/2024/register", "javascript:alert(1)", (9, "S501")),
    _case("no host", "https://gazette.example/2024/register", "https://", (9, "S501")),
    _case("user name hides host", "https://gazette.example/2024/register", "https://a.example@b.example/", (9, "S501")),
    _case("mixed alphabets", "https://gazette.example/2024/register", "https://g\u0430zette.example/", (9, "S505")),
    _case(
        "two faults in a source",
        "https://gazette.example/2024/register\n    title: A register for miners",
        "ftp://x.example/\n    title: x",
        (9, "S501"),
        (10, "B304"),
    ),
    _case("duplicate key", "stage: proposal", "stage: proposal\nstage: bill", (7, "Y203")),
    _case("colon in a value", "title: Ruritania plans", "title: Ruritania: plans", (2, "Y202")),
    _case("tab", "    title: A register", "\ttitle: A register", (10, "Y202")),
    _case("anchor", "title: Ruritania", "title: &x Ruritania", (2, "Y204")),
    _case("tag", "title: Ruritania", "title: !!str Ruritania", (2, "Y204")),
    _case("nested too deep", "[DE]", "[[[[[[DE]]]]]]", (4, "Y205")),
    _case("never closed", "ai: none\n---\n", "ai: none\n", (1, "Y201")),
    _case("picture", "Neither the size", "![chart](https://x.example/c.png) Neither the size", (21, "M603")),
    _case("link to a file", "Neither the size", "[text](file:///etc/passwd) Neither the size", (21, "M603")),
    _case("relative link", "Neither the size", "[text](other.md) Neither the size", (21, "M603")),
    _case("run of marks", "Neither the size", "[" * 60 + " Neither the size", (21, "M601")),
    _case("long line", "Neither the size", "word " * 1000 + "Neither the size", (21, "M601")),
    Broken("empty file", ((1, "Y201"),), raw=b""),
    Broken("no front matter", ((1, "Y201"),), raw=BODY.encode()),
    Broken("body too short", ((15, "M602"),), raw=GOOD.replace(BODY, "Too short.\n").encode()),
    Broken("body too long", ((15, "M602"),), raw=(GOOD + "More words here.\n" * 140).encode()),
    Broken("Latin-1", ((15, "F105"),), raw=GOOD.replace("The ministry of finance has", "Caf\xe9: the ministry has").encode("latin-1")),
    Broken(
        "marks of a conflict",
        ((3, "F108"),),
        raw=GOOD.replace(DATE, f"<<<<<<< HEAD\n{DATE}\n=======\ndate: 2024-05-17\n>>>>>>> theirs").encode(),
    ),
    Broken("NUL byte", ((15, "F106"),), raw=GOOD.replace("The ministry of finance has", "The\0 ministry has").encode()),
    Broken("bidi override", ((2, "F106"),), raw=GOOD.replace("title: Ruritania", "title: \u202eRuritania").encode()),
    Broken("zero-width space", ((7, "F106"),), raw=GOOD.replace("summary: The", "summary: T\u200bhe").encode()),
    Broken("character reference", ((21, "F106"),), raw=GOOD.replace("Neither the size", "Neither&#8; the size").encode()),
    Broken("capital letters in the name", ((1, "F101"),), raw=GOOD.encode(), name="2024-05-16-Ruritania.md"),
    Broken("no date in the name", ((1, "F101"),), raw=GOOD.encode(), name="ruritania-register.md"),
)
