"""What people are quoted with in an article, and who they are."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plugins.desk.quotation_marks import find_quotations
from plugins.desk.sentences import split_sentences

_UPPER = "A-ZÀ-ÖØ-ÞĀ-ſА-ЯЁІЇЄҐΑ-Ω"
_TITLE = (
    r"(?:Mr|Mrs|Ms|Dr|Prof|Sen|Gov|Rep|Sir|Lord|Dame|President|Minister|Governor|Senator|Judge|Justice|Chair(?:man|woman)?|"
    r"Commissioner|Secretary|Director)\.?\s+"
)
_PART = rf"[{_UPPER}][\w’'.-]*[\w]|[{_UPPER}]\."
_NAME = re.compile(
    rf"(?:{_TITLE})?((?:{_PART})(?:\s+(?:(?:de|da|do|dos|del|della|van|von|der|den|bin|al|el|la|le|ibn|of the|"
    rf"of)\s+)?(?:{_PART})){{0,4}})"
)
_SAYING = re.compile(
    r"\b(?:said|says|saying|told|tells|added|adds|warned|warns|wrote|writes|noted|notes|stated|states|explained|explains|argued|"
    r"argues|claimed|claims|"
    r"commented|comments|tweeted|posted|stressed|emphasi[sz]ed|remarked|insisted|declared|concluded|announced|according to|continued|"
    r"asked|replied|pointed out|"
    r"dijo|afirmó|señaló|explicó|añadió|aseguró|según|disse|afirmou|explicou|declarou|segundo|a (?:dit|déclaré|affirmé|expliqué|"
    r"ajouté)|selon|"
    r"sagte|erklärte|betonte|laut|sagt|ha detto|ha dichiarato|secondo|zei|aldus|powiedział\w*|stwierdził\w*|według|"
    r"сказал\w*|заявил\w*|отметил\w*|сообщил\w*|подчеркнул\w*|пояснил\w*|добавил\w*|по словам|говорит|заявив|сказав|зазначи\w+|"
    r"söyledi|dedi|belirtti|açıkladı|ifade etti|kata|ujar|menurut|ucapnya)\b",
    re.IGNORECASE,
)
_PRONOUN_SAYS = re.compile(
    r"\b(?:he|she|they)\s+(?:also\s+|later\s+|then\s+)?(?:said|says|told|added|adds|warned|wrote|noted|stated|explained|argued|"
    r"claimed|stressed|continued)\b|"
    r"\b(?:said|added|says|noted|continued|explained)\s+(?:he|she|they)\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"(?:I|We|Our|My|I['’](?:m|ve|ll|d)|We['’](?:re|ve|ll|d))\b")
_SIGNATURE = re.compile(
    rf"(?:[—–-]\s*)?((?:{_PART})(?:\s+(?:de|da|van|von|al|bin)?\s*(?:{_PART})){{1,4}})\s*[,(—–-]\s*[^.!?]{{3,120}}[.)]?"
)
# Capitalised words that are no person or institution by themselves.
_NO_NAMES_TEXT = """
    the a an in on at it he she they we i but and this that these those as by for from if when while however its his her their our
    my you your there monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december bitcoin ethereum crypto cryptocurrency blockchain also according after before last under
    with what why how who yes no
"""
_NO_NAMES = frozenset(_NO_NAMES_TEXT.split())
_FRENCH = re.compile(r"«\s+|\s+»")  # French sets blanks inside its marks
_MOST_QUOTES = 60


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation of three words or more with the name of its speaker, where the text tells it."""

    text: str
    speaker: str | None


def find_quotes(blocks: tuple[str, ...]) -> tuple[Quote, ...]:
    """The quotations of an article in order; a block quote that lost its marks counts when a signature follows."""
    found: list[Quote] = []
    last_person: str | None = None
    for number, block in enumerate(blocks):
        following = blocks[number + 1] if number + 1 < len(blocks) else ""
        signed = _SIGNATURE.fullmatch(following) if len(following) < 200 else None
        if signed and _FIRST_PERSON.match(block) and len(block.split()) >= 6 and not find_quotations(block):
            found.append(Quote(block, signed[1]))
            last_person = signed[1]
            continue
        quotes, last_person = _find_in_block(block, last_person)
        found += quotes
        if len(found) >= _MOST_QUOTES:
            break
    return tuple(found[:_MOST_QUOTES])


def _find_in_block(block: str, last_person: str | None) -> tuple[list[Quote], str | None]:
    """The marked quotations of one block, and the person named last in it."""
    block = _FRENCH.sub(lambda mark: mark[0].strip(), block)
    marked = find_quotations(block)
    if not marked:
        return [], _last_name(block) or last_person
    blank = block
    for quotation in reversed(marked):  # what is quoted names no speaker; its last mark may end the sentence
        inside = "1" * (len(quotation.text) - 1) + quotation.text[-1]
        blank = blank[: quotation.start + 1] + inside + blank[quotation.end - 1 :]
    spans = _sentence_spans(block, blank)
    found = []
    for quotation in marked:
        at = next((i for i, (start, end) in enumerate(spans) if start <= quotation.start < end), 0)
        speaker = None
        for near in (at, at - 1, at + 1):
            if 0 <= near < len(spans) and speaker is None:
                speaker = _speaker_in(blank[spans[near][0] : spans[near][1]], blank[: spans[near][0]], last_person)
        found.append(Quote(quotation.text.strip(" ,"), speaker))
        last_person = speaker or last_person
    return found, _last_name(blank) or last_person


def _sentence_spans(block: str, blank: str) -> list[tuple[int, int]]:
    """Where the sentences of a block begin and end; a quotation never ends one in its middle."""
    spans, at = [], 0
    for sentence in split_sentences(blank):
        first = sentence.split(" ", 1)[0]
        start = blank.find(first, at)
        start = at if start < 0 else start
        end = start
        for word in sentence.split():
            where = blank.find(word, end)
            end = where + len(word) if where >= 0 else end
        spans.append((at, max(end, start)))
        at = max(end, start)
    return [*spans[:-1], (spans[-1][0], len(block))] if spans else [(0, len(block))]


def _speaker_in(sentence: str, before: str, last_person: str | None) -> str | None:
    """The name nearest to a verb of saying in a sentence; a pronoun is the person named last."""
    verb = _SAYING.search(sentence)
    if not verb:
        return None
    if _PRONOUN_SAYS.search(sentence):
        return _last_name(before) or last_person
    names = [(found.start(1), found.end(1), name) for found in _NAME.finditer(sentence) if (name := _as_name(found[1]))]
    # "according to" is followed by its speaker, other verbs stand on either side.
    if verb[0].lower() in ("according to", "selon", "laut", "según", "segundo", "secondo", "według", "по словам", "menurut"):
        names = [name for name in names if name[0] >= verb.end()] or names
    if not names:
        return None
    return min(names, key=lambda name: (min(abs(name[0] - verb.end()), abs(verb.start() - name[1])), name[0]))[2]


def _as_name(text: str) -> str | None:
    """The run of capitalised words without ordinary words that open a sentence; None where nothing is left."""
    words = text.split()
    while words and words[0].strip(".,’'").lower() in _NO_NAMES:
        words.pop(0)
    while words and words[-1].strip(".,’'").lower() in _NO_NAMES:
        words.pop()
    name = re.sub(r"[’']s$", "", " ".join(words))
    return name if len(name) > 1 else None


def _last_name(text: str) -> str | None:
    names = [name for found in _NAME.finditer(text) if (name := _as_name(found[1])) and " " in name]
    return names[-1] if names else None
