"""Invented briefs to measure with: the same number gives the same briefs, and a smaller one a part of them."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

from plugins.domain.vocabulary import Vocabulary

_WORDS = """authority bill bank bureau cabinet chamber committee consultation council court customer decree deposit draft duty exchange
fee fund gazette holder issuer law levy licence market ministry notice office operator order panel parliament payment permit platform
power proposal provider reading register regulator report reserve rule sector session statute supervisor tax term token trade transfer
treasury tribunal user vote wallet adopts asks changes closes covers delays drafts explains extends limits names opens plans proposes
publishes raises reads repeals replaces requires returns reviews sets signs widens annual central common early final first formal
general joint late local main national new open plain public regional second separate special whole""".split()
_STAGES = ("discussion", "proposal", "consultation", "bill", "passed", "in-force", "guidance", "enforcement", "court", "none")
FIRST_DAY, DAYS = date(2018, 1, 1), 2730


def write_corpus(folder: Path, count: int, vocabulary: Vocabulary) -> None:
    """Writes briefs and measures below ``folder``."""
    codes = [c for c in vocabulary.countries if len(c) == 2]
    topics = sorted(vocabulary.topics)
    measures: dict[str, str] = {}
    for number in range(count):
        id, text, measure = build_brief(number, codes, topics)
        file = folder / "briefs" / id[:4] / f"{id}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        if measure:
            measures.setdefault(measure[0], measure[1])
    (folder / "measures").mkdir(exist_ok=True)
    for id, code in sorted(measures.items()):
        text = f"---\ntitle: Measure {id}\ncountries: [{code}]\nkind: law\n---\nA measure to measure with.\n"
        (folder / "measures" / f"{id}.md").write_text(text, "utf-8")


def build_brief(number: int, codes: list[str], topics: list[str], day: date | None = None) -> tuple[str, str, tuple[str, str] | None]:
    """Id, text and measure of the brief of a number."""
    rng = random.Random(f"policy-digest/{number}")  # noqa: S311 - the same for everybody
    day = day or FIRST_DAY + timedelta(days=rng.randrange(DAYS))
    own = list(dict.fromkeys(_skewed(rng, codes) for _ in range(rng.choice((1, 1, 2, 3)))))
    about = list(dict.fromkeys(_skewed(rng, topics) for _ in range(rng.choice((1, 2, 2, 3, 4)))))
    measure = f"{own[0].lower()}-{rng.choice(('tax', 'market', 'payments', 'licensing'))}-act" if rng.random() < 0.35 else None
    dates = ""
    if rng.random() < 0.35:
        dates = f"dates:\n  - on: {day + timedelta(days=rng.randrange(20, 1800))}\n    what: {_sentence(rng, 5)[:-1]}\n"
    front = (
        f"title: {own[0]} {' '.join(rng.sample(_WORDS, 6))}, number {number + 1}\ndate: {day}\ncountries: [{', '.join(own)}]\n"
        f"topics: [{', '.join(about)}]\nstage: {rng.choice(_STAGES)}\n" + (f"measure: {measure}\n" if measure else "")
    )
    front += f"summary: {_sentence(rng, 16)}\nsources:\n  - url: https://gazette.example/{day.year}/{number}\n    title: {_sentence(rng, 7)[:-1]}\n"
    front += f"    publisher: Example Gazette\n    kind: {rng.choice(('press', 'law', 'regulator'))}\n{dates}ai: none\n"
    paragraphs = ["\n".join(_sentence(rng, rng.randrange(9, 22), link=n == 0) for n in range(3)) for _ in range(5)]
    paragraphs.insert(2, f"## {_sentence(rng, 4)[:-1]}")
    paragraphs.insert(4, "\n".join(f"- {_sentence(rng, 8)}" for _ in range(3)))
    return f"{day}-brief-{number + 1}", f"---\n{front}---\n" + "\n\n".join(paragraphs) + "\n", (measure, own[0]) if measure else None


def _skewed(rng: random.Random, values: list[str]) -> str:
    return values[min(int(rng.paretovariate(0.6)) - 1, rng.randrange(len(values)) + 1, len(values) - 1)]


def _sentence(rng: random.Random, count: int, *, link: bool = False) -> str:
    words = [rng.choice(_WORDS) for _ in range(count)]
    if link and count > 4:
        words[2] = f"[{words[2]}](https://gazette.example/{rng.randrange(10**6)})"
        words[3] = f"**{words[3]}**"
    text = " ".join(words)
    return text[0].upper() + text[1:] + "."
