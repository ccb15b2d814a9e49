"""Finding many phrases in one text: words with endings where a script divides words, plain strings where it does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from plugins.desk.normalise import MARKS

Payload = TypeVar("Payload")
_Word = tuple[int, int, tuple[str, ...]]  # where a word begins and ends in the text, and the forms in which it is looked up

# Scripts that put no blank between words, and Hangul, where particles stand right behind a word.
UNDIVIDED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_UNDIVIDED = re.compile(f"[{UNDIVIDED}]")
_KATAKANA, _HANGUL = re.compile("[\u30a1-\u30fa\u30fc]"), re.compile("[\uac00-\ud7af]")
_WORD = re.compile(rf"(?:[^\W\d_]\.){{2,}}|[^\W_{UNDIVIDED}](?:[^\W_{UNDIVIDED}]|[{MARKS}])*")
# "and", "so", "by", "for", "like" and the article, written onto the Arabic word that follows.
_ARABIC_PREFIX = re.compile("[وف]?(?:ال|لل|[بكل]ال|[بكل])?(?=..)")
_HEBREW_PREFIX = re.compile("[ושכלבמה]{0,3}(?=...)")


@dataclass(frozen=True, slots=True)
class Part:
    """One word of a phrase: the word itself, or a stem with at most ``endings`` letters behind it."""

    text: str
    endings: int = 0

    def fits(self, word: str) -> bool:
        """Whether a word of the text is this one."""
        return word == self.text or (self.endings > 0 and len(word) - len(self.text) <= self.endings and word.startswith(self.text))


@dataclass(frozen=True, slots=True)
class Hit(Generic[Payload]):
    """A phrase found: where it begins, the place behind it, and what it stands for."""

    start: int
    end: int
    payload: Payload


@dataclass(slots=True)
class PhraseIndex(Generic[Payload]):
    """Phrases by their first word. Filled once, then only read.

    A star ends a stem: ``tax*`` has any ending, ``росси*3`` at most three letters more.
    """

    plural: bool = False  # whether a word of the text may have an English, French, Spanish … s more
    names: bool = (
        False  # whether phrases are names: katakana must stand free, Hangul open a word, and a small letter in a phrase may be a capital
    )
    _exact: dict[str, list[tuple[tuple[Part, ...], Payload]]] = field(default_factory=dict)
    _stems: dict[str, list[tuple[tuple[Part, ...], Payload]]] = field(default_factory=dict)
    _undivided: dict[str, list[tuple[str, Payload]]] = field(default_factory=dict)  # by their first two characters
    _lengths: list[int] = field(default_factory=list)

    def add(self, phrase: str, payload: Payload) -> None:
        """Enter one phrase."""
        if _UNDIVIDED.match(phrase):
            self._undivided.setdefault(phrase[:2], []).append((phrase.rstrip("*"), payload))
            return
        parts = tuple(_parse_part(word) for word in split_phrase(phrase))
        if not parts:
            return
        table = self._stems if parts[0].endings else self._exact
        table.setdefault(parts[0].text, []).append((parts, payload))

    def close(self) -> None:
        """End the filling: longer phrases come first from now on."""
        for table in (self._exact, self._stems):
            for entries in table.values():
                entries.sort(key=lambda e: -len(e[0]))
        for strings in self._undivided.values():
            strings.sort(key=lambda e: -len(e[0]))
        self._lengths = sorted({len(stem) for stem in self._stems})

    def find(self, text: str) -> list[Hit[Payload]]:
        """All hits in the order of the text; hits may overlap, the longest of those that begin together comes first."""
        found = list(self._find_undivided(text)) if self._undivided and _UNDIVIDED.search(text) else []
        words = [(match.start(), match.end(), _forms(match[0], names=self.names)) for match in _WORD.finditer(text)]
        for i, (_, _, forms) in enumerate(words):
            for form in forms:
                found += self._find_at(words, i, form)
        found.sort(key=lambda hit: (hit.start, -hit.end))
        return found

    def _find_at(self, words: list[_Word], i: int, form: str) -> Iterator[Hit[Payload]]:
        for entries in self._candidates(form):
            for parts, payload in entries:
                last = i + len(parts) - 1
                if last >= len(words) or (parts[0].endings and len(form) - len(parts[0].text) > parts[0].endings):
                    continue
                if all(self._fits(part, words[i + k][2]) for k, part in enumerate(parts[1:], 1)):
                    yield Hit(words[i][0], words[last][1], payload)

    def _candidates(self, form: str) -> Iterator[list[tuple[tuple[Part, ...], Payload]]]:
        if form in self._exact:
            yield self._exact[form]
        if self.plural and len(form) > 3 and form[-1] == "s" and form[:-1] in self._exact:
            yield self._exact[form[:-1]]
        for length in self._lengths:
            if length > len(form):
                break
            entries = self._stems.get(form[:length])
            if entries:
                yield entries

    def _fits(self, part: Part, forms: tuple[str, ...]) -> bool:
        if any(part.fits(form) for form in forms):
            return True
        word = forms[0]
        return self.plural and len(word) > 3 and word[-1] == "s" and part.text == word[:-1]

    def _find_undivided(self, text: str) -> Iterator[Hit[Payload]]:
        for match in _UNDIVIDED.finditer(text):
            at = match.start()
            for key in (text[at : at + 2], text[at]):
                for phrase, payload in self._undivided.get(key, ()):
                    if text.startswith(phrase, at) and not (self.names and not _is_whole(text, at, phrase)):
                        yield Hit(at, at + len(phrase), payload)


def _is_whole(text: str, at: int, phrase: str) -> bool:
    """Whether a string in an undivided script is no part of a longer word: katakana stands free, Hangul opens a word."""
    if _KATAKANA.match(phrase):
        after = text[at + len(phrase) : at + len(phrase) + 1]
        return not (at and _KATAKANA.match(text[at - 1])) and not (_KATAKANA.match(phrase[-1]) and _KATAKANA.match(after))
    return not (_HANGUL.match(phrase) and at and _HANGUL.match(text[at - 1]))


def _forms(word: str, *, names: bool) -> tuple[str, ...]:
    """The forms in which a word is looked up, itself first."""
    if "ا" <= word[0] <= "ی" or "א" <= word[0] <= "ת":
        found = (_HEBREW_PREFIX if word[0] <= "ת" else _ARABIC_PREFIX).match(word)
        return (word, *(word[cut:] for cut in range(1, found.end() + 1))) if found else (word,)
    if not names or word[0].islower():
        return (word,)
    return (word, word.title(), word.lower()) if len(word) > 3 and word.isupper() else (word, word[0].lower() + word[1:])


def split_phrase(phrase: str) -> list[str]:
    """The words of a phrase, with their stars."""
    return re.findall(rf"(?:(?:[^\W\d_]\.){{2,}}|(?:[^\W_]|[{MARKS}])+)(?:\*\d?)?", phrase)


def _parse_part(word: str) -> Part:
    stem, star, most = word.partition("*")
    return Part(stem, int(most or 60) if star else 0)
