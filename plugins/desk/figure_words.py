"""Words that make figures: sizes, number words, months, percent and currencies in the languages that sources come in."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path

from plugins.desk.normalise import strip_accents

_DATA = Path(__file__).with_name("data")
_SIZES = {
    2: "hundred cien cento hundert сто",
    3: "thousand thousands mil mila mille tausend tsd тыс тысяч тысяча тысячи тисяч тисяча тисячі tys tysiecy tysiace duizend ribu nghin ngan bin хиляди "
    "tisic tusen tusind ألف آلاف الف هزار हजार พัน 千 천 elfu",
    4: "万 萬 만 หมื่น",
    5: "lakh lakhs lac lacs लाख แสน",
    6: "million millions mn mln mio millon millones milhao milhoes mi milione milioni miljoen millionen миллион миллиона миллионов миллиону млн мільйон "
    "мільйона мільйонів juta jt trieu milyon milion miliony milionow milioane milionu milionov مليون ملايين میلیون मिलियन ล้าน miljoner millioner milijuna milioni",
    7: "crore crores cr करोड़ करोड",
    8: "億 亿 억",
    9: "billion billions bn bln milliard milliards milliarden mrd md milliarde миллиард миллиарда миллиардов млрд мільярд мільярда мільярдів miliar miliardo "
    "miliardi mld bilhao bilhoes bi miljard ty milyar miliard miliardy miliardow miliarde miliardu مليار مليارات میلیارد miljarder milliarder",
    12: "trillion trillions tn trn billones billon billionen bio трлн триллион триллиона триллионов трильйон trilyon triliun trilhao trilhoes biliony "
    "bilionow تريليون تریلیون 兆 조",
}
# Letters that mean a size only where they stand right behind a number.
_GLUED_SIZES = {"k": 3, "m": 6, "b": 9, "t": 12, "g": 9, "tr": 6, "т": 3}
_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
ORDINALS = {word: number for number, word in enumerate(_ORDINALS.split())}
# Small numbers in other languages: value -> words without accents. Only sources that are not English are read with them.
_FOREIGN = {
    4: "cuatro quatro quatre vier quattro четыре четырех чотири чотирьох cztery dort empat bon vyer fire fyra أربعة أربع چهار चार สี่ 四 네 넷",
    5: "cinco cinq funf cinque vijf пять пяти п'ять пять piec bes lima nam fem خمسة خمس پنج पांच ห้า 五 다섯",
    6: "seis six sechs sei zes шесть шести шість szesc alti enam sau seks ستة ست شش छह หก 六 여섯",
    7: "siete sete sept sieben sette zeven семь семи сім siedem yedi tujuh bay syv سبعة سبع هفت सात เจ็ด 七 일곱",
    8: "ocho oito huit acht otto восемь восьми вісім osiem sekiz delapan tam otte ثمانية ثماني هشت आठ แปด 八 여덟",
    9: "nueve nove neuf neun negen девять девяти девять dziewiec dokuz sembilan chin ni تسعة تسع نه नौ เก้า 九 아홉",
    10: "diez dez dix zehn dieci tien десять десяти dziesiec on sepuluh muoi ti عشرة عشر ده दस สิบ 十 열",
    11: "once onze elf undici одиннадцать одиннадцати одинадцять jedenascie sebelas 열한",
    12: "doce doze douze zwolf dodici twaalf двенадцать двенадцати дванадцять dwanascie docena duzia douzaine dozzina dutzend дюжина oniki",
    15: "quince quinze funfzehn quindici пятнадцать",
    18: "dieciocho dezoito dix-huit achtzehn diciotto восемнадцать on-sekiz",
    20: "veinte vinte vingt zwanzig venti двадцать yirmi",
    24: "veinticuatro ventiquattro vierundzwanzig",
    30: "treinta trinta trente dreissig trenta тридцать otuz",
    40: "cuarenta quarenta quarante vierzig quaranta сорок kirk",
    50: "cincuenta cinquenta cinquante funfzig cinquanta пятьдесят elli",
    60: "sesenta sessenta soixante sechzig sessanta шестьдесят altmis",
    90: "noventa nonante neunzig novanta девяносто doksan",
    100: "cien hundert cent cento honderd сто yuz",
}
_PERCENT = (
    "percent percentage pct percento procent procents prozent procenta persen percentuais percentuales процент процента процентов процентам проц процентів "
    "відсотків відсотка відсоток процентных yuzde بالمئة بالمائة درصد प्रतिशत फीसदी 퍼센트 ร้อยละ เปอร์เซ็นต์"
)
PERCENT_SIGNS = frozenset("%％٪")
PERCENT_PAIRS = frozenset(
    {
        ("per", "cent"),
        ("por", "ciento"),
        ("por", "cento"),
        ("pour", "cent"),
        ("per", "cento"),
        ("phan", "tram"),
        ("la", "suta"),
    }
)
# Letters before a number that are money: ISO codes and what stands on bank notes.
_CURRENCIES = (
    "n ngn rs inr rm myr rp idr ksh kes tsh ush us hk r brl s a c nz nt ca au usd eur gbp jpy cny rmb krw rub php p php gh ghs zar chf cad aud sgd hkd aed "
    "dh dhs tl try lei kc ft zl sek nok dkk kr vnd thb bht pkr bdt lkr np npr sar qr qar bd bhd jd fcfa xaf cfa xof ars cop clp mxn pen uah kzt usdt usdc "
    "btc eth"
)
CURRENCIES = frozenset(_CURRENCIES.split())
_ENGLISH = frozenset(["the", "of", "and", "to", "for", "was", "with", "by", "from", "has"])
_LEAST_ENGLISH = 0.04  # share of these among the words: 8% or more in English news, 1% at most in other languages


def plain(word: str) -> str:
    """A word as the tables have it: lower case, no accents."""
    return strip_accents(word.lower())


@cache
def sizes() -> dict[str, Decimal]:
    """Words of size and what they multiply by."""
    return {plain(word): Decimal(10) ** power for power, words in _SIZES.items() for word in words.split()}


@cache
def glued_sizes() -> dict[str, Decimal]:
    """Letters of size that stand right behind a number, and what they multiply by."""
    return {
        **{letter: Decimal(10) ** power for letter, power in _GLUED_SIZES.items()},
        **sizes(),
    }


@cache
def number_words() -> dict[str, int]:
    """English number words to ninety, ``hundred`` left to the sizes."""
    found = {word: value for value, word in enumerate(_UNITS.split())}
    return {**found, **{word: 20 + 10 * i for i, word in enumerate(_TENS)}, "dozen": 12}


@cache
def foreign_number_words() -> dict[str, int]:
    """Number words of other languages from four up."""
    return {plain(word): value for value, words in _FOREIGN.items() for word in words.split()}


@cache
def percent_words() -> frozenset[str]:
    """Single words that mean per cent."""
    return frozenset(plain(word) for word in _PERCENT.split())


_MONTH_NAMES = "january february march april may june july august september october november december"
_SHORT_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec"
ENGLISH_MONTHS = {name: [number] for number, name in enumerate(_MONTH_NAMES.split(), 1)}
_SHORT_ENGLISH = {**{name: [number] for number, name in enumerate(_SHORT_NAMES.split(), 1)}, "sept": [9], **ENGLISH_MONTHS}


def months(*, foreign: bool) -> dict[str, list[int]]:
    """Full names of months, with the months that they may mean; ``foreign`` adds those of many languages."""
    return _months()["names"] if foreign else ENGLISH_MONTHS


def short_months(*, foreign: bool) -> dict[str, list[int]]:
    """Abbreviated and full names of months; the abbreviations mean a month only beside a number."""
    return _months()["all"] if foreign else _SHORT_ENGLISH


@cache
def _months() -> dict[str, dict[str, list[int]]]:
    loaded: dict[str, dict[str, list[int]]] = json.loads((_DATA / "months.json").read_text("utf-8"))
    return {"names": loaded["names"], "all": {**loaded["short"], **loaded["names"]}}


def is_english(words: list[str]) -> bool:
    """Whether normalised words are an English text, told by its commonest words."""
    return sum(word in _ENGLISH for word in words) > _LEAST_ENGLISH * len(words)
