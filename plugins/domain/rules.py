"""The table of rules that content is held to: one row a code, with an explanation and examples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from plugins.domain.faults import Severity

FAULT, WARNING = Severity.FAULT, Severity.WARNING


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of content: what ``digest explain CODE`` prints."""

    code: str
    title: str
    why: str
    bad: str
    good: str
    severity: Severity = FAULT

    @property
    def examples(self) -> tuple[str, str]:
        """The bad and the good example as they stand in a file: on several lines where they need them."""
        return self.bad.replace("\\n", "\n"), self.good.replace("\\n", "\n")


_ROWS = (
    # The file itself
    Rule(
        "F101",
        "The file is a regular .md file of a name that the digest can publish",
        "The file's stem is the brief's id and its address for ever: YYYY[-MM[-DD]]-slug with a day that exists, letters a-z, digits and hyphens. Topics, measures and pages are slug.md.",
        "content/briefs/2022/Russia Mining.MD",
        "content/briefs/2022/2022-04-01-russia-mining.md",
    ),
    Rule(
        "F102",
        "A brief lies in the folder of the year that its name begins with",
        "One folder a year keeps thousands of briefs easy to find.",
        "content/briefs/2023/2022-04-01-russia-mining.md",
        "content/briefs/2022/2022-04-01-russia-mining.md",
    ),
    Rule(
        "F103",
        "Only briefs and their fingerprints lie in the folders of briefs, only pages in that of pages",
        "Links, pictures, pages in other formats and nested folders could carry what nobody reviewed, so the digest does not publish them.",
        "content/briefs/2022/photo.svg",
        "content/briefs/2022/2022-04-01-russia-mining.md",
    ),
    Rule(
        "F104",
        "A file is no larger than it needs to be",
        "A brief is 60 to 400 words, a page a few screens; a file of more than 64 kB is a mistake or an attack.",
        "a brief with a whole article pasted in",
        "a brief in your own words, with a link to the article",
    ),
    Rule(
        "F105",
        "A file is UTF-8 text",
        "Other encodings show wrong letters. In your editor choose “Save with encoding: UTF-8”.",
        "a file saved as Windows-1252",
        "the same file saved as UTF-8",
    ),
    Rule(
        "F106",
        "No control, invisible or direction-changing characters",
        "They can hide text or show other words than the ones that are there. Type the word again instead of pasting it.",
        "a title with a zero-width space",
        "the same title typed by hand",
    ),
    Rule(
        "F107",
        "Two files do not differ in letter case or folder only",
        "They would be one file, or one address, on some computers.",
        "2022/2022-04-01-russia.md and 2022/2022-04-01-Russia.md",
        "one file",
    ),
    Rule(
        "F108",
        "No marks of a merge conflict",
        "Where two people changed the same lines, git writes both versions with marks around them; a person decides which one is right.",
        "<<<<<<< HEAD\\ndate: 2022-04-01\\n=======\\ndate: 2022-04-02\\n>>>>>>> main",
        "date: 2022-04-01",
    ),
    # YAML
    Rule(
        "Y201",
        "A brief begins with front matter between two lines of ---",
        "The lines between them say what the brief is about; without them it has no page.",
        "Title of the brief\\n\\nText …",
        "---\\ntitle: …\\n---\\nText …",
    ),
    Rule(
        "Y202",
        "The front matter can be read",
        "A colon or a quotation mark in a value often needs quotes around the whole value; indent with spaces, never with tabs.",
        "title: Russia: a bill",
        'title: "Russia: a bill"',
    ),
    Rule(
        "Y203",
        "A key stands once",
        "Of two values one would be lost in silence.",
        "title: One\\ntitle: Two",
        "title: One",
    ),
    Rule(
        "Y204",
        "The front matter is plain: no anchors, aliases, tags or second documents",
        "They are programming features of YAML that a brief never needs.",
        "title: &t Russia",
        "title: Russia",
    ),
    Rule(
        "Y205",
        "The front matter has a sane size and depth",
        "It is read by people: at most 24 kB and four levels.",
        "topics: [[[[[mining]]]]]",
        "topics: [mining]",
    ),
    # Keys and their forms
    Rule(
        "B301",
        "Every key is one that the digest knows",
        "A misspelt key would be ignored, and what it says lost. The list is closed: `digest new` writes all keys that a brief needs; a page has Title, Slug and Summary.",
        "sumary: The draft …",
        "summary: The draft …",
    ),
    Rule(
        "B302",
        "Every required key is there and filled in",
        "Readers, feeds and data rely on them.",
        "stage:",
        "stage: proposal",
    ),
    Rule(
        "B303",
        "A value has the form that its key asks for",
        "Text is text, a list is a list: see the page Contribute.",
        "countries: RU",
        "countries: [RU]",
    ),
    Rule(
        "B304",
        "A text has a sensible length",
        "Titles 10 to 110 characters, summaries 40 to 300: what fits a list, a feed and a phone.",
        "title: Law",
        "title: Russia's finance ministry promises mining special attention",
    ),
    Rule(
        "B305",
        "A date is YYYY-MM-DD, YYYY-MM or YYYY, as precisely as a source states it",
        "Never complete a date by guessing: where only the month is known, write the month.",
        "date: 01/04/2022",
        "date: 2022-04-01",
    ),
    Rule(
        "B306",
        "A value comes from its closed list",
        "Stages, kinds and labels are few so that readers can compare them.",
        "stage: law",
        "stage: passed",
    ),
    Rule(
        "B307",
        "A list has neither too few nor too many entries, and none twice",
        "1 to 30 countries, 1 to 6 topics, 1 to 10 sources.",
        "topics: []",
        "topics: [mining]",
    ),
    Rule(
        "B308",
        "Days stand in a possible order",
        "A brief cannot join the digest before what it reports happened, nor be revised or checked before it was added.",
        "date: 2022-04-01, added: 2021-01-01",
        "date: 2022-04-01, added: 2026-11-22",
    ),
    Rule(
        "B309",
        "A date that no source states to the day, or any date without a day, says when the brief joined",
        "Feeds and weeks go by `added`, so that a late brief reaches subscribers.",
        "date: 2022-04 without added",
        "date: 2022-04 and added: 2026-11-22",
    ),
    Rule(
        "B310",
        "The file is named for its date",
        "The name begins with the date of the brief as it was first written; a corrected date may differ, but says so in a revision.",
        "2023-01-01-x.md with date: 2022-04-01",
        "2022-04-01-x.md with date: 2022-04-01",
        WARNING,
    ),
    Rule(
        "B311",
        "A draft is finished before it is published",
        "Placeholders of `digest draft` and `digest new` are notes to the writer.",
        "summary: TODO",
        "summary: The draft still intends to ban payment in crypto.",
    ),
    Rule(
        "B312",
        "A withdrawn brief says why",
        "Its page stays as a notice with the reason, which stands in a revision.",
        "status: withdrawn",
        "status: withdrawn and a revision with the reason",
    ),
    # Vocabularies
    Rule(
        "V401",
        "Countries are codes of content/countries.toml",
        "A code is the same in every language: RU, US-ND, EU, XX-FATF.",
        "countries: [Russia]",
        "countries: [RU]",
    ),
    Rule(
        "V402",
        "Topics are ids of files in content/topics/",
        "Topics are proposed in their own pull request, with a definition.",
        "topics: [minning]",
        "topics: [mining]",
    ),
    Rule(
        "V403",
        "A measure is the id of a file in content/measures/",
        "The measure's page is where its timeline stands: add the file in the same pull request.",
        "measure: russian-law",
        "measure: ru-mining-law",
    ),
    Rule(
        "V404",
        "A vocabulary file is complete and consistent",
        "Countries, topics and measures are used by every page.",
        "broader: no-such-topic",
        "broader: market-structure",
    ),
    # Sources
    Rule(
        "S501",
        "An address is a complete http or https address",
        "Readers follow it. No user names, no odd ports, no hidden hosts.",
        "url: javascript:alert(1)",
        "url: https://www.example.org/article",
    ),
    Rule(
        "S502",
        "An address carries no tracking parameters",
        "utm_source and its like follow readers and make equal addresses look different.",
        "url: https://example.org/a?utm_source=x",
        "url: https://example.org/a",
        WARNING,
    ),
    Rule(
        "S503",
        "A source stands once in a brief",
        "The same page twice looks like two sources.",
        "the same url twice",
        "the url once",
        WARNING,
    ),
    Rule(
        "S504",
        "An address is the page itself, not a shortener",
        "A short address hides where it leads and dies early.",
        "url: https://bit.ly/3xyz",
        "url: https://www.example.org/article",
        WARNING,
    ),
    Rule(
        "S505",
        "A host is written in one script",
        "Letters of several alphabets in one host name imitate another address.",
        "url: https://р\u0430ypal.example",
        "url: https://paypal.example",
    ),
    # Body
    Rule(
        "M601",
        "The body can be rendered safely and quickly",
        "Very long lines, deep lists, wide tables and endless runs of one mark are mistakes or attacks.",
        "a list nested 20 deep",
        "a list nested 2 deep",
    ),
    Rule(
        "M602",
        "The body has 60 to 400 words",
        "Enough to say what changed, who says so, who is affected and what comes next; short enough to be read.",
        "one sentence",
        "three to six short paragraphs",
    ),
    Rule(
        "M603",
        "Links lead to http, https or mailto addresses, or to a page of the digest that exists",
        "Pages of ours are linked by their address: /briefs/<id>/, /measures/<id>/, /countries/<slug>/, /topics/<id>/; in prose also /about/ and the like.",
        "[bill](/measures/no-such/)",
        "[bill](/measures/ru-mining-law/)",
    ),
    Rule(
        "M604",
        "No raw HTML",
        "It is shown as text. Markdown has all that a brief needs.",
        "<b>bold</b>",
        "**bold**",
        WARNING,
    ),
    # The whole collection
    Rule(
        "C701",
        "No two briefs have the same title",
        "A title is what readers see in lists and feeds; two equal ones cannot be told apart.",
        "two briefs called “Russia passes a law”",
        "Russia passes its mining law / Russia passes its tax law",
    ),
    Rule(
        "C702",
        "What a brief replaces is gone, and only one brief replaces it",
        "The address of a replaced brief leads to its successor.",
        "replaces: [an id whose file still exists]",
        "the old file removed in the same pull request",
    ),
    Rule(
        "C703",
        "A fingerprint belongs to a brief",
        "<id>.fingerprint.json lies beside <id>.md and is small.",
        "2022-x.fingerprint.json without 2022-x.md",
        "both files, or none",
    ),
    Rule(
        "C704",
        "The stages of a measure come in a plausible order",
        "A measure rarely goes from in force back to a proposal: perhaps the brief belongs to another measure, or is guidance.",
        "in-force in 2024, proposal in 2025",
        "in-force in 2024, guidance in 2025",
        WARNING,
    ),
    Rule(
        "C705",
        "A source is told in one brief only",
        "Two briefs of one measure with the same date and the same source may tell the same story.",
        "two briefs about one vote",
        "one brief with two sources",
        WARNING,
    ),
    # Style: warnings
    Rule(
        "W801",
        "The title begins with the country or its adjective",
        "Readers scan lists for their country.",
        "Parliament adopts mining law",
        "Russia's parliament adopts mining law",
        WARNING,
    ),
    Rule(
        "W802",
        "No clickbait, shouting or hype in a title",
        "The digest is neutral.",
        "SHOCKING: Russia bans crypto!",
        "Russia bans payment in crypto-assets",
        WARNING,
    ),
    Rule(
        "W803",
        "Neutral words, no price talk, no advice",
        "A brief says what happened and who says so.",
        "a draconian law that will send prices soaring",
        "a law that bans payment in crypto-assets",
        WARNING,
    ),
    Rule(
        "W804",
        "One sentence a line",
        "So that a change shows as a changed sentence.",
        "One sentence. Another one.",
        "One sentence.\\nAnother one.",
        WARNING,
    ),
    Rule(
        "W805",
        "The keys stand in the usual order",
        "Editors find what they look for.",
        "ai: none before title",
        "title, date, …, ai",
        WARNING,
    ),
    Rule(
        "W806",
        "Lines end without blanks, and the file with one newline",
        "Smaller differences, easier reviews.",
        "a line with two blanks at its end",
        "the line without them",
        WARNING,
    ),
    Rule(
        "W807",
        "An official source where there is one",
        "A brief that has only press sources says so on its page.",
        "kind: press alone",
        "the law itself first, then the report",
        WARNING,
    ),
    Rule(
        "W808",
        "Common words are spelt and set alike",
        "Quotation marks, dashes and units as in the rest of the digest.",
        "-- ...",
        "– …",
        WARNING,
    ),
    Rule(
        "W809",
        "Own sentences, not the source's with some words changed",
        "Many short runs of words are the same as in the source: tell it anew, in your own order.",
        "the article's sentences with a word changed here and there",
        "what the article says, told by you",
        WARNING,
    ),
    Rule(
        "W810",
        "A draft is not published",
        "While a brief says `status: draft`, only `make serve` shows it. Take the line out when the brief is finished; the checks then look at all of it.",
        "status: draft",
        "a finished brief without the key `status`",
        WARNING,
    ),
    # Grounding (INGESTION-NOTES.md section 10)
    Rule(
        "G1",
        "Figures stand in the source",
        "A figure, amount, percentage or date of the brief is compared with the source's text or fingerprint.",
        "13% where the source says 12%",
        "12%",
    ),
    Rule(
        "G2",
        "Names stand in the source",
        "A name that the source does not have may be mixed up with another story.",
        "a minister whom the source does not name",
        "the name that the source gives",
    ),
    Rule(
        "G3",
        "Quotations are word for word",
        "What stands in quotation marks was said exactly so.",
        "“probably no sense to ban mining”",
        "“it probably does not make sense to ban household mining”",
    ),
    Rule(
        "G4",
        "Own words",
        "Ten or more words in a row as in the source are copied: say it in your own words, or quote.",
        "a sentence of the article",
        "the same fact in your words",
    ),
    Rule(
        "D1",
        "Looks like a copy of an article that a brief exists for",
        "Add the page as a source to that brief.",
        "a second brief about one agency report",
        "one brief with two sources",
        WARNING,
    ),
    Rule(
        "P1",
        "Does not read like policy",
        "The digest is about rules, not about prices and products.",
        "a price forecast",
        "a bill, a ruling, a licence",
        WARNING,
    ),
)

RULES: Mapping[str, Rule] = {row.code: row for row in _ROWS}
