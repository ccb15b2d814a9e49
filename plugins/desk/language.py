"""Which language a text is in, told by its script and its stop words."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

# ISO 639-1 code -> name of the stop-word list in jusText. Near twins (Serbo-Croatian, Low Saxon ...) are left out.
LISTS = {
    "af": "Afrikaans",
    "ar": "Arabic",
    "az": "Azerbaijani",
    "be": "Belarusian",
    "bg": "Bulgarian",
    "bn": "Bengali",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "gu": "Gujarati",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "hy": "Armenian",
    "id": "Indonesian",
    "is": "Icelandic",
    "it": "Italian",
    "ka": "Georgian",
    "kk": "Kazakh",
    "kn": "Kannada",
    "ko": "Korean",
    "ky": "Kyrgyz",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "mk": "Macedonian",
    "ml": "Malayalam",
    "mr": "Marathi",
    "ms": "Malay",
    "ne": "Nepali",
    "nb": "Norwegian_Bokmal",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sl": "Slovenian",
    "sq": "Albanian",
    "sr": "Serbian",
    "sv": "Swedish",
    "sw": "Swahili",
    "ta": "Tamil",
    "te": "Telugu",
    "tl": "Tagalog",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "uz": "Uzbek",
    "vi": "Vietnamese",
}
_KANA = re.compile(r"[\u3040-\u30ff]")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_THAI = re.compile(r"[\u0e00-\u0e7f]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_WORD = re.compile(r"[^\W\d_]+(?:[\u2019'\u200c][^\W\d_]+)*")
_TAG = re.compile(r"([a-z]{2})(?:[-_].*)?")
_MOST_WORDS = 1500  # of a text that are looked at
# Lists differ in length a hundredfold; only their first words, the commonest, would be fair, but they are not sorted. A long list
# therefore counts each hit for less: hits / (1 + size / SCALE).
_SCALE = 5_000
_LEAST_SHARE = 0.08  # of the words that must be stop words before a language is named


@cache
def stop_words(code: str) -> frozenset[str]:
    """The stop words of a language, lower case; empty where none are known."""
    if code not in LISTS:
        return frozenset()
    from justext import get_stoplist  # brings lxml; only pasted text and summaries need it

    return frozenset(get_stoplist(LISTS[code]))


@cache
def _index() -> dict[str, tuple[str, ...]]:
    """Each stop word with the languages that have it."""
    found: dict[str, list[str]] = {}
    for code in LISTS:
        for word in stop_words(code):
            found.setdefault(word, []).append(code)
    return {word: tuple(codes) for word, codes in found.items()}


def words_of(text: str) -> list[str]:
    """The words of the text, lower case."""
    return _WORD.findall(text.lower())


def parse_language_tag(tag: str | None) -> str | None:
    """The ISO 639-1 code of a tag such as ``pt-BR``."""
    found = _TAG.fullmatch((tag or "").strip().lower())
    return {"iw": "he", "in": "id", "no": "nb"}.get(found[1], found[1]) if found else None


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of the text's language, or None where script and stop words do not tell it."""
    sample = text[:20_000]
    letters = sum(char.isalpha() for char in sample) or 1
    if len(_KANA.findall(sample)) > 0.1 * letters:
        return "ja"
    for pattern, code in ((_HANGUL, "ko"), (_THAI, "th"), (_HAN, "zh")):
        if len(pattern.findall(sample)) > 0.3 * letters:
            return code
    words = words_of(sample)[:_MOST_WORDS]
    hits: Counter[str] = Counter()
    index = _index()
    for word in words:
        hits.update(index.get(word, ()))
    if not hits:
        return None
    best = min(hits, key=lambda code: (-hits[code] / (1 + len(stop_words(code)) / _SCALE), code))
    return best if hits[best] >= max(3, _LEAST_SHARE * len(words)) else None
