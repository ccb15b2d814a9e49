"""Grounding: whether the figures, names and quotations of a brief stand in its source, and whether its wording is its own.

These checks help contributors and editors. They cannot see a claim that was turned round, so a brief without faults here is
not "verified": its figures, names and quotations were found in the source.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from plugins.desk.copying import Likeness, find_copies, is_thin
from plugins.desk.figure_match import FigureSet
from plugins.desk.figures import find_figures
from plugins.desk.fingerprint import Fingerprint
from plugins.desk.names import NameSet, is_title_case, read_source_names
from plugins.desk.normalise import INVISIBLE, split_words, strip_accents
from plugins.desk.passages import HashedPassages, Passages, TextPassages
from plugins.desk.quotation_marks import Quotation, find_quotations
from plugins.desk.quotations import check_quotation
from plugins.desk.source_figures import source_figures
from plugins.domain.faults import Fault, Severity, printable
from plugins.domain.frontmatter import FrontMatter

LONGEST_SOURCE = 2_000_000  # characters of a source that are read
LONGEST_TEXT = 40_000  # characters of a body that are compared; a longer one is at fault anyway
_LINK = re.compile(r"\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\]\[[^\]\n]*\]|<?https?://[^\s>)]+>?|<[^<>\n]*>")
_ITEM = re.compile(r"^[ \t]*(?:\d{1,3}[.)]|[-*+])[ \t]+", re.MULTILINE)
_BLOCK = re.compile(r"(?:(?!\n[ \t]*\n|\n[ \t]*(?:\d{1,3}[.)]|[-*+#])[ \t])[\s\S])+")
_RAW_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a source: its figures, names and runs of words; not ``is_whole`` where it is only known in part."""

    figures: FigureSet
    names: NameSet
    passages: Passages
    is_whole: bool = True

    @classmethod
    def from_text(cls, text: str) -> Evidence:
        """Evidence from the whole text of a source, title included."""
        text = text[:LONGEST_SOURCE].translate(INVISIBLE)
        words = split_words(text)
        names = read_source_names(text)
        vocabulary = frozenset(strip_accents(word) for word in words)
        return cls(
            FigureSet(source_figures(text, foreign=names.script != "en")),
            NameSet(names, vocabulary),
            TextPassages(words),
        )

    @classmethod
    def from_fingerprint(cls, fingerprint: Fingerprint) -> Evidence:
        """Evidence from a fingerprint, without the text."""
        return cls(FigureSet(fingerprint.figures), NameSet(fingerprint.names), HashedPassages(fingerprint), fingerprint.is_whole)


@dataclass(frozen=True, slots=True)
class _Block:
    """A piece of the brief that is read by itself, and the line on which each of its lines stands."""

    text: str
    lines: tuple[tuple[int, int], ...]  # place in the text, line of the file: ascending
    is_title: bool = False
    countries: frozenset[str] = frozenset()  # codes that the front matter gives: the house style names them even where a source does not
    known: frozenset[str] = frozenset()  # words of the publishers and authors, whom the text may name as its source

    def line(self, place: int) -> int:
        found = self.lines[0][1]
        for start, line in self.lines:
            if start > place:
                break
            found = line
        return found


def check_grounding(front: FrontMatter, path: str, evidence: Evidence, text: str | None = None) -> list[Fault]:
    """The faults G1 to G4 of a brief, in the order of its text, and a warning W809 for a thin paraphrase.

    ``text`` is the whole file; with it a fault in a folded title or summary names the line on which the wrong words stand.
    """
    faults: list[Fault] = []
    fives = common = 0
    for block in _find_blocks(front, text, home=evidence.names.is_homely):
        found, likeness = _check_block(block, path, evidence)
        faults += found
        fives, common = fives + likeness.fives, common + likeness.common
    if is_thin(Likeness(fives, common)) and not any(fault.code == "G4" for fault in faults):
        share = round(100 * common / fives)
        message = f"{share}% of the five-word runs are those of the source"
        faults.append(Fault(path, front.body_line, "W809", message, "say it in your own words", Severity.WARNING))
    return faults


def _check_block(block: _Block, path: str, evidence: Evidence) -> tuple[list[Fault], Likeness]:
    quotations = find_quotations(block.text)
    faults: list[tuple[int, Fault]] = []

    def report(place: int, code: str, message: str, hint: str) -> None:
        faults.append((place, Fault(path, block.line(place), code, message, hint)))

    if evidence.is_whole:
        _check_statements(block, quotations, evidence, report)
    copies, likeness = find_copies(block.text, [(q.start, q.end) for q in quotations], evidence.passages)
    for copy in copies:
        words = printable(" ".join(block.text[copy.start : copy.end].split()), limit=80)
        report(copy.start, "G4", f"{copy.words} words in a row as in the source: “{words}”", "say it in your own words, or quote")
    return [fault for _, fault in sorted(faults, key=lambda entry: (entry[0], entry[1].code))], likeness


def _check_statements(
    block: _Block, quotations: tuple[Quotation, ...], evidence: Evidence, report: Callable[[int, str, str, str], None]
) -> None:
    """Quotations, figures and names that the source does not have. What stands in a true quotation needs no other check."""
    rest = list(block.text)
    for quotation in quotations:
        verdict = check_quotation(quotation, evidence.passages)
        if verdict.wrong:
            hint = verdict.hint or "quote exactly, or say it without quotation marks"
            report(quotation.start, "G3", f"“{printable(verdict.wrong)}” is not word for word in the source", hint)
        for start, stop in verdict.borne_out:
            rest[start:stop] = " " * (stop - start)
    unchecked = "".join(rest)
    for figure in find_figures(unchecked):
        if not evidence.figures.states(figure):
            said = printable(block.text[figure.start : figure.end])
            report(figure.start, "G1", f"“{said}” is not stated by the source", "correct it, or leave it out")
    if not (block.is_title and is_title_case(block.text)):
        for name in evidence.names.find_strange(unchecked, block.countries, block.known):
            report(name.start, "G2", f"the source does not have the name “{printable(name.text)}”", "use the name that the source gives")


def _find_blocks(front: FrontMatter, text: str | None, *, home: bool) -> Iterator[_Block]:
    """Title, summary and the wording of coming dates, then the paragraphs and items of the body.

    ``home`` says that the source names no country, as papers do at home; then the body may name those of the brief.
    """
    raw = text.split("\n") if text is not None else []
    countries, known = _read_countries(front), _read_publishers(front)
    for path, value in _read_values(front):
        if value.strip():
            yield _Block(_blank_links(value), _map_lines(value, raw, front, path), path == ("title",), countries, known)
    body = _blank_links(front.body[:LONGEST_TEXT])
    for match in _BLOCK.finditer(body):
        block = _ITEM.sub(lambda item: " " * len(item[0]), match[0])
        if not block.strip():
            continue
        first = front.body_line + body.count("\n", 0, match.start())
        starts = [0, *(m.end() for m in re.finditer("\n", block))]
        lines = tuple((start, first + i) for i, start in enumerate(starts))
        yield _Block(block, lines, countries=countries if home else frozenset(), known=known)


def _read_countries(front: FrontMatter) -> frozenset[str]:
    """The codes of the brief's countries, of a subdivision also that of its state."""
    codes = front.data.get("countries")
    named = [code for code in codes if isinstance(code, str)] if isinstance(codes, list) else []
    return frozenset(named) | frozenset(code[:2] for code in named if not code.startswith("XX"))


def _read_publishers(front: FrontMatter) -> frozenset[str]:
    sources = front.data.get("sources")
    entries = [source for source in sources if isinstance(source, dict)] if isinstance(sources, list) else []
    names = [str(source.get(key) or "") for source in entries for key in ("publisher", "author")]
    return frozenset(strip_accents(word) for word in split_words(" ".join(names)))


def _read_values(front: FrontMatter) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for key in ("title", "summary"):
        if isinstance(front.data.get(key), str):
            yield (key,), front.data[key]
    dates = front.data.get("dates")
    for i, date in enumerate(dates if isinstance(dates, list) else []):
        if isinstance(date, dict) and isinstance(date.get("what"), str):
            yield ("dates", i, "what"), date["what"]


def _map_lines(value: str, raw: list[str], front: FrontMatter, path: tuple[str | int, ...]) -> tuple[tuple[int, int], ...]:
    """Where the lines of the file begin in a value that may be folded over several of them: word by word."""
    line = front.line(*path)
    places = [m.start() for m in _RAW_WORD.finditer(value)]
    words = [m[0] for m in _RAW_WORD.finditer(value)]
    mapped = [(0, line)]
    at = 0
    for number in range(line, min(line + 40, len(raw) + 1)):
        here = _RAW_WORD.findall(raw[number - 1])
        if number == line and here[:1] == [str(path[-1])] and words[:1] != here[:1]:
            here = here[1:]
        elif number == line and words and words[0] in here:
            here = here[here.index(words[0]) :]
        taken = 0
        while taken < len(here) and at + taken < len(words) and here[taken] == words[at + taken]:
            taken += 1
        if taken:
            mapped.append((places[at], number))
            at += taken
        if at >= len(words):
            break
    return tuple(mapped)


def _blank_links(text: str) -> str:
    """The text with addresses and tags blanked out, all else in its place."""
    return _LINK.sub(lambda match: " " * len(match[0]), text)
