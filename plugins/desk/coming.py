"""Dates ahead that a text names beside a cue, at the precision stated (INGESTION-NOTES, section 9)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plugins.domain.dates import PartialDate, parse_partial_date

_EN = "january february march april may june july august september october november december"
_NAMES: dict[str, int] = {}
for _words in (
    _EN,
    "jan feb mar apr may jun jul aug sept oct nov dec",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
):
    for _number, _word in enumerate(_words.split(), 1):
        _NAMES.setdefault(_word, _number)
_MONTH = r"(?P<{0}>" + "|".join(sorted(map(re.escape, _NAMES), key=len, reverse=True)) + r")\.?"
_YEAR = r"(?P<{0}>(?:19|20|21)\d\d)"
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_SPAN = re.compile(
    rf"(?P<iso>(?:19|20|21)\d\d-[01]\d-[0-3]\d)|"
    rf"{_MONTH.format('m1')}\s+(?P<d1>[0-3]?\d)(?:st|nd|rd|th)?,?\s+(?:of\s+)?{_YEAR.format('y1')}|"
    rf"(?P<d2>[0-3]?\d)(?:st|nd|rd|th|\.|º|er)?\s+(?:of\s+|de\s+)?{_MONTH.format('m2')},?\s+(?:de\s+)?{_YEAR.format('y2')}|"
    rf"(?P<q>first|second|third|fourth|1st|2nd|3rd|4th)[\s-]+(?P<u>quarter|half)(?:\s+of)?\s+{_YEAR.format('y3')}|"
    rf"\b(?:Q(?P<q2>[1-4])|H(?P<h2>[12]))[\s-]*{_YEAR.format('y4')}|"
    rf"(?:(?:the\s+)?(?P<e>end|beginning|start)\s+of\s+)?{_MONTH.format('m5')}\s+(?:of\s+|de\s+)?{_YEAR.format('y5')}|"
    rf"{_YEAR.format('y7')}\s?[年년]\s?(?P<m7>1?\d)\s?[月월](?:\s?(?P<d7>[123]?\d)\s?[日일])?|"
    rf"(?<![\d$€£¥.,/-]){_YEAR.format('y6')}(?![\d%-]|[.,]\d)",
    re.IGNORECASE,
)
_CUE = re.compile(
    r"\b(?:in(?:to)? force|takes? effect|taking effect|effective|effect (?:on|from|in)|appl(?:y|ies|icable)(?: from| on| as of)?|"
    r"comes? into|enters? into|entry into|"
    r"comments? (?:by|until|close|are due|due)|consultation (?:closes|ends|runs|period)|closes on|open until|deadline|due (?:by|on)|"
    r"no later than|by the end of|until|"
    r"vote (?:on|in|is)|voted? on|scheduled|expected|planned|plans?|will|shall|must|starting|starts?|beginning|begins?|from|hearing|"
    r"transition(?:al)? period|expires?|sunset|phase|"
    r"entr(?:a|ará|ada|e|era|ée|erá) em vigor|entr(?:a|ará|ada) en vigor|entr(?:e|era|ée) en vigueur|tritt|in kraft|entr(?:a|erà|"
    r"ata) in vigore|hasta|até|jusqu|bis zum|a partir d|à partir|ab dem|"
    r"вступ\w+ в силу|до конца|начиная с|набу\w+ чинності|yürürlüğe|wejdzie w życie|wchodzi w życie|berlaku)|施行|시행",
    re.IGNORECASE,
)
_NEAR = 40  # characters between a cue and a date
_WEAK = frozenset(
    {
        "from",
        "will",
        "plans",
        "plan",
        "planned",
        "beginning",
        "begins",
        "begin",
        "start",
        "starts",
        "starting",
        "until",
        "must",
        "shall",
        "expected",
    }
)
_WEAK_NEAR = 3  # characters between a weak cue and a date where nothing tells the day of publication
_MOST = 12


@dataclass(frozen=True, slots=True)
class Coming:
    """A date ahead: ``on`` as the front matter writes it, and the sentence that names it."""

    on: str
    cue: str
    sentence: str


def find_coming_dates(sentences: list[str], published: str | None) -> tuple[Coming, ...]:
    """Dates after ``published`` (``YYYY-MM-DD`` or ``YYYY-MM``) that stand beside a cue, in order of the text.

    Without a date of publication the dates that the sentences put ahead by their cue are all given.
    """
    floor = parse_partial_date(published).last if published else None
    found: dict[str, Coming] = {}
    for sentence in sentences:
        cues = list(_CUE.finditer(sentence))
        if not cues:
            continue
        for span in _SPAN.finditer(sentence):
            date = parse_span(span)
            cue = min(cues, key=lambda c: _distance(c, span))
            weak = floor is None and cue[0].lower() in _WEAK
            if date is None or _distance(cue, span) > (_WEAK_NEAR if weak else _NEAR) or (floor and date.last <= floor):
                continue
            found.setdefault(date.text, Coming(date.text, cue[0].lower(), sentence))
    return tuple(found.values())[:_MOST]


def _distance(cue: re.Match[str], span: re.Match[str]) -> int:
    return max(0, span.start() - cue.end(), cue.start() - span.end())


def parse_span(span: re.Match[str]) -> PartialDate | None:
    """The date that a span states, no more precise than it is; None where there is no such day."""
    part = span.groupdict()
    if part["iso"]:
        text = part["iso"]
    elif part["d1"]:
        text = f"{part['y1']}-{_NAMES[part['m1'].lower()]:02}-{int(part['d1']):02}"
    elif part["d2"]:
        text = f"{part['y2']}-{_NAMES[part['m2'].lower()]:02}-{int(part['d2']):02}"
    elif part["q"]:
        number = _QUARTERS[part["q"].lower()]
        text = f"{part['y3']}-{'Q' if part['u'].lower() == 'quarter' else 'H'}{number}"
    elif part["q2"] or part["h2"]:
        text = f"{part['y4']}-{'Q' + part['q2'] if part['q2'] else 'H' + part['h2']}"
    elif part["m5"]:
        text = f"{part['y5']}-{_NAMES[part['m5'].lower()]:02}"
    elif part["y7"]:
        text = f"{part['y7']}-{int(part['m7']):02}" + (f"-{int(part['d7']):02}" if part["d7"] else "")
    else:
        text = part["y6"]
    try:
        return parse_partial_date(text, periods=True)
    except ValueError:
        return None
