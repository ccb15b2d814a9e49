"""Whether a text reads like policy, and which stage its words speak for. Stages are only offered: a person chooses."""

from __future__ import annotations

import re
from functools import cache
from math import log
from pathlib import Path

from plugins.desk.folding import fold_case
from plugins.desk.phrases import PhraseIndex
from plugins.desk.suggestion import Suggestion, phrase_reason
from plugins.domain.stage import Stage

_DATA = Path(__file__).with_name("data")
_WEIGHTED = re.compile(r"(.+?)(?: (\d(?:\.\d)?))?")
_TITLE_WEIGHT = 1.5
_EARLY_WEIGHT, _EARLY_SHARE, _EARLY_CHARACTERS = 0.5, 0.3, 300
LONGEST = 100_000  # characters that are read
OFFERED = 2  # stages


def is_policy(title: str, text: str) -> bool:
    """Whether the article has at least one word of law, regulator, ministry, court, tax, ban or licence, in any language."""
    index = _load_policy_words()
    return bool(index.find(fold_case(title)) or index.find(fold_case(text[:LONGEST])))


def suggest_stages(title: str, text: str) -> tuple[Suggestion, ...]:
    """The two likeliest stages, best first, with the words that speak for them; right in about half of the cases each."""
    index = _load_stage_cues()
    folded = fold_case(text[:LONGEST])
    early = max(_EARLY_CHARACTERS, int(_EARLY_SHARE * len(folded)))
    scores: dict[str, float] = {}
    counts: dict[str, dict[str, int]] = {}
    seen: dict[tuple[str, str], list[float]] = {}
    for hit in index.find(fold_case(title)):
        stage, phrase, weight = hit.payload
        seen.setdefault((stage, phrase), [weight, 0, 0, 0])[3] = 1
    for hit in index.find(folded):
        stage, phrase, weight = hit.payload
        entry = seen.setdefault((stage, phrase), [weight, 0, 0, 0])
        entry[1] += 1
        entry[2] += hit.start < early
    for (stage, phrase), (weight, hits, early_hits, in_title) in seen.items():
        scores[stage] = scores.get(stage, 0.0) + weight * (log(1 + hits) + _EARLY_WEIGHT * log(1 + early_hits) + _TITLE_WEIGHT * in_title)
        counts.setdefault(stage, {})[phrase] = int(hits + in_title)
    ordered = sorted(scores.items(), key=lambda entry: (-entry[1], entry[0]))[:OFFERED]
    return tuple(Suggestion(stage, score, phrase_reason(counts[stage], 4)) for stage, score in ordered)


@cache
def _load_policy_words() -> PhraseIndex[None]:
    index: PhraseIndex[None] = PhraseIndex()
    for line in (_DATA / "policy_words.txt").read_text("utf-8").splitlines():
        for phrase in () if line.startswith("#") else line.partition(" ")[2].split("|"):
            index.add(fold_case(phrase), None)
    index.close()
    return index


@cache
def _load_stage_cues() -> PhraseIndex[tuple[str, str, float]]:
    index: PhraseIndex[tuple[str, str, float]] = PhraseIndex()
    for line in (_DATA / "stage_cues.txt").read_text("utf-8").splitlines():
        if line.startswith("#") or not line:
            continue
        stage, _, entries = line.split(" ", 2)
        for entry in entries.split("|"):
            found = _WEIGHTED.fullmatch(entry)
            if found:
                index.add(fold_case(found[1]), (Stage(stage).value, found[1].replace("*", ""), float(found[2] or 2)))
    index.close()
    return index
