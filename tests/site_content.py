"""The content of the mini site: invented countries, topics, measures and briefs that use every feature of the format."""

from __future__ import annotations

from pathlib import Path

STATES = {"XA": "Ruritania", "XB": "Esterland", "XC": "Norvania", "XD": "Île d’Argent"}
_SYLLABLES = ("Bel", "Cor", "Dur", "Fen", "Gal", "Hest", "Jor", "Kal", "Lor", "Mor", "Nav", "Ost", "Pel", "Quin")
MANY = {f"Q{letter}": f"{syllable}ovia" for letter, syllable in zip("MNOPQRSTUVWXYZ", _SYLLABLES, strict=True)}
MORE = {f"X{letter}": f"{syllable}mark" for letter, syllable in zip("EFGHIJKLMNOP", _SYLLABLES, strict=False)}
COUNTRIES = STATES | MANY | MORE

_SPECIAL = """
[XA-NO]
name = "North Ruritania"
slug = "ruritania-north"
kind = "subdivision"
region = "Middle Sea"

[XX-UNION]
name = "Middle Sea Union"
slug = "middle-sea-union"
kind = "union"
region = "Middle Sea"
members = ["XA", "XB", "XD"]

[XX-FORUM]
name = "Standards Forum"
slug = "standards-forum"
kind = "body"
region = ""
"""
SLUGS = {"XA-NO": "ruritania-north", "XX-UNION": "middle-sea-union", "XX-FORUM": "standards-forum"} | {
    code: "ile-d-argent" if code == "XD" else name.lower() for code, name in COUNTRIES.items()
}

TOPICS = {
    "market": "title: Markets\ndefinition: How crypto-assets are traded, and who watches over it.\n",
    "payments": "title: Payments\ndefinition: Paying with crypto-assets, and the rules for it.\nbroader: market\n",
    "mining": "title: Mining\ndefinition: Running machines that confirm transactions.\nwords: [mine, hash rate 3]\n",
    "licensing": "title: Licensing\ndefinition: Who may offer services, and under which licence.\nbroader: market\n",
    "quiet": "title: Quiet topic\ndefinition: A topic that no brief is about yet.\n",
}
MEASURES = {
    "xa-mining-act": "title: Ruritanian Mining Act\ncountries: [XA]\nkind: law\nofficial_id: Act 7/2024\nurl: https://law.example/7-2024\n",
    "xb-licence-rule": "title: Esterland's licence rule\ncountries: [XB]\nkind: rule\n",
    "union-regulation": "title: Union regulation on custody\ncountries: [XX-UNION]\nkind: regulation\n",
    "xc-unused": "title: Norvanian plan without a brief\ncountries: [XC]\nkind: plan\n",
}
PAGES = {
    "about": "This is a mini site of invented briefs.\n\n## Who\n\nNobody. See [how it is made](/method/).\n",
    "method": "Every text here is invented. Back to [about](/about/#who).\n",
    "contribute": "Write a brief and send it in; see [all rules](/rules/).\n",
    "security": "Report weaknesses in private.\n",
    "data": "All data may be reused.\n",
    "subscribe": "Choose a country or a topic.\n",
}

BODY = """The ministry has published a text on {about}, and says that it will answer letters until the end of the month.

Operators of large sites would have to report the power that they use, while private persons stay outside the register.

The central bank asks for a stricter text, and has said so in a letter to the committee that prepares it.

Neither the size of the fee nor the first day of the register is known, and no member of parliament has asked for either.

Parliament is to discuss the text after the summer.
"""
RICH = """The act applies since 20 January, as the [measure's page](/measures/xa-mining-act/) shows.[^1]
It “changes little” -- says the ministry... and [the gazette](https://gazette.example/2025/act?a=1&b=2) agrees.

# What the act says

- Sites above **10 MW** register.
- Smaller ones *may*.

#### A table of fees

| Power | Fee |
|:--|--:|
| up to 10 MW | none |
| above 10 MW | 1,000 crowns |

> The register is open, said the minister.

Compare [the bill](/briefs/2024-05-16-ruritania-mining-bill/), [Ruritania](/countries/ruritania/), [mining there](/countries/ruritania/mining/) and the [topic](/topics/mining/), or write to <b>the office</b> at [its address](mailto:office@example.org).

1. First the register.
2. Then the `fee`.

[^1]: Stated in the official journal, number 7, on the second page.
"""


def day_of(number: int) -> str:
    """A day for the filler brief of a number: one a week from January 2022."""
    from datetime import date, timedelta

    return (date(2022, 1, 3) + timedelta(days=7 * number)).isoformat()


def write_brief(
    title: str,
    date: str,
    countries: str,
    topics: str,
    stage: str = "proposal",
    *,
    more: str = "",
    kind: str = "press",
    source: str = "",
    summary: str = "",
    ai: str = "none",
    body: str = "",
) -> str:
    """The text of a brief; ``more`` are further lines of front matter."""
    source = source or f"https://gazette.example/{date}/{len(title)}"
    summary = summary or f"In short: {title[:60].rstrip()}, and what is known about it so far."
    return f"""---
title: {title}
date: {date}
countries: [{countries}]
topics: [{topics}]
stage: {stage}
summary: >-
  {summary}
sources:
  - url: {source}
    title: A report of the Example Gazette
    publisher: Example Gazette
    kind: {kind}
ai: {ai}
{more}---
{body or BODY.format(about=title.partition(" ")[2])}"""


def _act() -> dict[str, str]:
    """A measure from consultation to in force, with every kind of revision and coming date."""
    measure = "measure: xa-mining-act\n"
    dates = """dates:
  - on: 2024-09-01
    what: Committee reports
  - on: 2030-Q3
    what: Register opens
  - on: 2030-H1
    what: Fees are set
  - on: 2031
    what: Review of the act
  - on: 2031-02-01
    what: First reports are due
actors: [Ministry of Finance, Bank of Ruritania]
"""
    revisions = """revisions:
  - on: 2025-02-01
    kind: correction
    note: The fee is 1,000 crowns, not 100
  - on: 2025-03-01
    kind: update
    note: The register's address was added
  - on: 2025-04-01
    kind: stage
    note: It applies since January
checked: 2025-05-01
date_note: stated by the ministry only
dates:
  - on: 2031-02-01
    what: First reports are due
"""
    return {
        "2024-02-10-ruritania-opens-consultation": write_brief(
            "Ruritania opens a consultation on mining",
            "2024-02-10",
            "XA",
            "mining, licensing",
            "consultation",
            more=measure,
            kind="government",
        ),
        "2024-05-16-ruritania-mining-bill": write_brief(
            "Ruritania's government sends a mining bill to parliament",
            "2024-05-16",
            "XA",
            "mining",
            "bill",
            more=measure + dates,
            kind="parliament",
        ),
        "2024-11-08-ruritania-passes-mining-act": write_brief(
            "Ruritania passes its mining act", "2024-11-08", "XA", "mining, licensing", "passed", more=measure, ai="drafted"
        ),
        "2025-01-20-ruritania-mining-act-applies": write_brief(
            "Ruritania's mining act applies",
            "2025-01-20",
            "XA",
            "mining",
            "in-force",
            more=measure + revisions,
            kind="law",
            ai="assisted",
            body=RICH,
        ),
        "2025-06-02-ruritania-court-on-mining-act": write_brief(
            "Ruritania's high court hears a case on the mining act", "2025-06-02", "XA", "mining", "court", more=measure, kind="court"
        ),
    }


def _odd() -> dict[str, str]:
    """Briefs of every other kind: imprecise, late, withdrawn, replacing, drafts, unions, parts, bodies, many countries."""
    withdrawn = "revisions:\n  - on: 2024-08-01\n    kind: correction\n    note: The report turned out to be about another country\nstatus: withdrawn\n"
    odd_sources = """sources:
  - url: https://xn--80ak6aa92e.example/%D0%B7%D0%B0%D0%BA%D0%BE%D0%BD
    title: Закон о майнинге принят
    publisher: Газета «Пример»
    author: И. Иванов
    date: 2024-06
    kind: press
    lang: ru
    archive: https://archive.example/1
  - url: https://gazette.example/ar
    title: قانون جديد
    publisher: الجريدة
    kind: regulator
    lang: ar
"""
    plain = write_brief("Norvania adopts “Закон о майнинге” & a <5% fee", "2024-06-03", "XC", "mining, payments", "passed")
    at, end = plain.index("sources:"), plain.index("ai: none")
    plain = plain[:at] + odd_sources + plain[end:]
    thirty = ", ".join([*STATES, *MANY, *MORE][:30])
    return {
        "2023-ruritania-first-talks": write_brief(
            "Ruritania talks about rules for payments",
            "2023",
            "XA",
            "payments",
            "discussion",
            more="date_note: between two sessions of parliament\nadded: 2026-11-03\n",
        ),
        "2024-03-norvania-plan": write_brief(
            "Norvania plans a sandbox for payments", "2024-03", "XC", "payments", more="added: 2024-04-02\n"
        ),
        "2021-06-01-esterland-late-report": write_brief(
            "Esterland warned of mining in 2021", "2021-06-01", "XB", "mining", "guidance", more="added: 2026-11-02\n"
        ),
        "2024-07-01-norvania-withdrawn": write_brief(
            "Norvania bans payments outright", "2024-07-01", "XC", "payments", "passed", more=withdrawn
        ),
        "2024-04-03-esterland-successor": write_brief(
            "Esterland merges two reports into one",
            "2024-04-03",
            "XB",
            "market",
            "none",
            more="replaces: [2024-04-01-esterland-old, 2024-04-02-esterland-older]\n",
        ),
        "2024-09-09-ruritania-draft": "---\ntitle: Ruritania drafts something new\ndate: 2024-09-09\ncountries: [XA]\ntopics: [market]\n"
        "sources:\n  - url: https://gazette.example/draft\n    title: Draft\n    publisher: Example Gazette\n    kind: press\nai: none\nstatus: draft\n---\nNotes.\n",
        "2024-10-10-union-custody": write_brief(
            "Middle Sea Union adopts its regulation on custody",
            "2024-10-10",
            "XX-UNION",
            "market",
            "passed",
            more="measure: union-regulation\n",
            kind="body",
        ),
        "2025-08-08-north-ruritania-fee": write_brief(
            "North Ruritania's assembly passes a fee on mining", "2025-08-08", "XA-NO", "mining", "rejected"
        ),
        "2024-12-12-forum-standard": write_brief(
            "Standards Forum publishes guidance for custodians", "2024-12-12", "XX-FORUM", "market, licensing", "guidance"
        ),
        "2024-01-15-thirty-states-sign": write_brief(
            "Ruritania and 29 other states sign a declaration", "2024-01-15", thirty, "market, payments", "none"
        ),
        "2024-06-03-norvania-non-latin": plain.replace(
            "title: Norvania adopts “Закон о майнинге” & a <5% fee", "title: 'Norvania adopts “Закон о майнинге” & a <5% fee'"
        ),
        "2024-02-29-argent-enforcement": write_brief(
            "Île d’Argent fines an exchange 3 million crowns", "2024-02-29", "XD", "licensing", "enforcement", kind="regulator"
        ),
    }


FILLERS = 40


def briefs() -> dict[str, str]:
    """The text of every brief by its id: 57 files, of which one is a draft and one is withdrawn."""
    found = _act() | _odd()
    for number in range(FILLERS):
        day = day_of(number)
        found[f"{day}-esterland-licence-{number}"] = write_brief(
            f"Esterland's office grants licence number {number + 1}",
            day,
            "XB",
            "licensing",
            "consultation" if number < 20 else "in-force",
            more="measure: xb-licence-rule\n" if number % 3 == 0 else "",
            ai="drafted",
        )
    return found


def write_content(content: Path) -> None:
    """Writes the whole content folder."""
    for id, text in briefs().items():
        _write(content / "briefs" / id[:4] / f"{id}.md", text)
    for id, head in TOPICS.items():
        _write(content / "topics" / f"{id}.md", f"---\n{head}---\nMore on this topic, in a sentence.\n")
    for id, head in MEASURES.items():
        _write(
            content / "measures" / f"{id}.md", f"---\n{head}---\nWhat this measure does, in a sentence; see [the topic](/topics/mining/).\n"
        )
    for slug, text in PAGES.items():
        _write(
            content / "pages" / f"{slug}.md",
            f"Title: {slug.capitalize()}\nSlug: {slug}\nSummary: The page {slug} of the mini site.\n\n{text}",
        )
    rows = [
        f'[{code}]\nname = "{name}"\nslug = "{SLUGS[code]}"\nkind = "state"\nregion = "Middle Sea"\ntile = [{at % 8}, {at // 8}]\n'
        for at, (code, name) in enumerate(sorted(COUNTRIES.items()))
    ]
    _write(content / "countries.toml", "\n".join(rows) + _SPECIAL)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
