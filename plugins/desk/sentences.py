"""Where the sentences of a text end."""

from __future__ import annotations

import re

# Never the end of a sentence, followed by whatever.
_ABBREVIATIONS_TEXT = """
    mr mrs ms dr prof sen gov rep rev gen lt col sgt capt hon st jan feb apr jun jul aug sep sept oct nov dec thu thur thurs fri
    vs v cf al approx dept ave blvd bn mn tn e.g i.e eg ie viz resp abs bzw z.b d.h u.a usw bspw evtl inkl ggf sr sra srta dña ud
    uds mme mlle exmo dott sig ing avv lett rs руб млн млрд трлн тыс ул им т.е т.д т.п т.к рис стр янв февр авг сент окт нояб дек
    tzn tj itd m.in zł r.z dz sn av
"""
_ABBREVIATIONS = frozenset(_ABBREVIATIONS_TEXT.split())
# Never the end of a sentence before a digit; words of their own elsewhere.
_BEFORE_NUMBER_TEXT = """
    no nos art arts sec secs para paras cl reg regs fig vol p pp núm nº n.º nr pág págs abs ст п пп co rs mar approx ca
"""
_BEFORE_NUMBER = frozenset(_BEFORE_NUMBER_TEXT.split())
# The end of a sentence only before one of the words below.
_MAYBE = frozenset({"u.s", "u.k", "e.u", "u.n", "u.a.e", "a.m", "p.m", "inc", "ltd", "corp", "llc", "plc", "co", "etc", "d.c", "ph.d"})
_OPENERS_TEXT = """
    The A An In On At It He She They We You I But And This That These Those As By For From If When While However Its His Her Their
    Some Many Most Under After Before Since With To There Last
"""
_OPENERS = frozenset(_OPENERS_TEXT.split())
# What follows the day in "1. Januar": months of languages that write ordinals with a point.
_ORDINAL_MONTHS = frozenset(
    {"jan", "feb", "mär", "mar", "apr", "mai", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dez", "des", "dec"}
)
_END = re.compile(
    r"""[.!?\u2026\u0964\u061f\u06d4]+["\u201d\u2019\u00bb\u201c)\]']*(?=\s+["\u201c\u2018\u00ab\u201e(\[']*(?:[^\W\d_a-z]|\d|\u2022))"""
)
_CJK_END = re.compile(r"[\u3002\uff01\uff1f]+[\u300d\u300f\u201d\uff09]*(?=\S)")
_LAST_WORD = re.compile(r"([^\s\"\u201c\u201e\u00ab(\[']+)$")
_NEXT_WORD = re.compile(r"\s+[\"\u201c\u2018\u00ab\u201e(\[']*([^\W_]+)")
_LIST_NUMBER = re.compile(r"\s*(?:\(?[0-9ivxIVX]{1,4}|[A-Za-z])$")


def split_sentences(block: str) -> list[str]:
    """The sentences of one block, in order, white space folded."""
    text = " ".join(block.split())
    ends: list[int] = []
    start = 0
    for found in _END.finditer(text):
        if _is_end(text, start, found):
            ends.append(found.end())
            start = found.end()
    ends += [found.end() for found in _CJK_END.finditer(text)]
    sentences, start = [], 0
    for end in [*sorted(set(ends)), len(text)]:
        if sentence := text[start:end].strip():
            sentences.append(sentence)
        start = end
    return sentences


def _is_end(text: str, start: int, found: re.Match[str]) -> bool:
    """Whether a mark ends the sentence that began at ``start``."""
    following = _NEXT_WORD.match(text, found.end())
    next_word = following[1] if following else ""
    if next_word and next_word[0].islower():
        return False
    if not found[0].startswith(".") or found[0].startswith(".."):
        return True
    before = text[start : found.start()]
    if _LIST_NUMBER.fullmatch(before):
        return False
    word = _LAST_WORD.search(before)
    bare = word[1].lower() if word else ""
    if bare in _MAYBE:
        return next_word in _OPENERS
    if bare in _ABBREVIATIONS or (bare in _BEFORE_NUMBER and next_word[:1].isdigit()):
        return False
    if bare.isdigit() and len(bare) <= 2 and next_word.lower()[:3] in _ORDINAL_MONTHS:
        return False
    # One letter is an initial, unless it is a word by itself.
    return not ((len(bare) == 1 and bare.isalpha() and bare not in "iаеяoyeà") or re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]", bare))


def split_text(blocks: tuple[str, ...]) -> list[str]:
    """The sentences of all blocks."""
    return [sentence for block in blocks for sentence in split_sentences(block)]
