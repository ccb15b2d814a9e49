"""One spelling for all that is looked up: one form of each Arabic letter, one apostrophe, nothing invisible."""

from __future__ import annotations

import unicodedata
from functools import cache

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u0640"
_VOWEL_SIGNS = (*range(0x064B, 0x0660), 0x0670)  # of Arabic
# Letters that keyboards and languages write in two ways.
_TWINS = {"’": "'", "ʼ": "'", "ي": "ی", "ى": "ی", "ك": "ک", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ة": "ه", "ۀ": "ه", "ؤ": "و"}
_SMALL_TWINS = {"ё": "е", "ı": "i", "İ": "i"}


@cache
def _table(*, small: bool) -> dict[int, str]:
    table = dict.fromkeys((*map(ord, _INVISIBLE), *_VOWEL_SIGNS), "")
    table.update({ord(letter): twin for letter, twin in (_TWINS | (_SMALL_TWINS if small else {})).items()})
    return table


def fold_case(text: str) -> str:
    """The text in small letters, as the words of topics are compared with it; accents stay."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).replace("İ", "i").lower().translate(_table(small=True))


def fold_letters(text: str) -> str:
    """The text with its capitals, as names of countries are compared with it."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text).translate(_table(small=False))
