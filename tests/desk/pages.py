"""Pages of our own making for the tests of the desk: every name, figure and event in them is invented."""

from __future__ import annotations

BODY = (
    (
        "Ruritania’s finance ministry said that a bill on digital tokens will treat the mining of them as an industry of its own. "
        "The bill went to the cabinet in March and should be ready before the summer."
    ),
    (
        "The announcement follows weeks of debate in Strelsau about power that stands unused in the valleys of the north. "
        "Several members of the upper house had asked for a ban."
    ),
    "Prices for electricity rose in the capital, while the crown lost a tenth of its worth.",
    "Ministers see a new industry",
    "Payment in tokens would stay forbidden under the bill. It would however set rules for those who keep tokens for others, and it would give miners a tariff of their own.",
    "The ministry wants large sites to report what they use. It is less sure whether people should be allowed to run machines at home, and the two houses do not agree about that either.",
    (
        "We think that large halls near the dams are the right place for this work, but it would be wrong to forbid a machine in a cellar. "
        "In the coming weeks we will finish the bill and publish it for everybody to read."
    ),
    "Rudolf Elphberg, head of the department for financial rules at the ministry.",
    (
        "Elphberg spoke at a meeting of operators in Zenda, the agency Hentzau reported. "
        "He added that the bill would be as light as possible for small firms, and strict against the laundering of money."
    ),
    "A country of dams",
    "Ruritania had counted on the trade before the floods of last year. Cheap power and cold winters make it a good place for the machines.",
    "A figure from before the floods put the share of Ruritanians who hold tokens at 14%, worth about $3.2 billion.",
    "But as the border stays closed for machines from abroad, it is not clear how the halls are to be filled. The central bank has asked again for a ban of all tokens.",
)
TITLE = "Breaking: Ruritania Wants “Special Rules” For Mining Halls"
HEADINGS = (BODY[3], BODY[9])
QUOTE, SPEAKER = BODY[6], "Rudolf Elphberg"


def pasted_page() -> str:
    """A whole page as somebody would paste it: title twice, shares, biography, trust box, disclaimers, teasers with their dates."""
    top = [TITLE, "", "Published by", TITLE]
    middle: list[str] = []
    for number, block in enumerate(BODY):
        middle += ["", block]
        if number in (2, 8, 12):
            middle += ["", "Advertisement"]
    return "\n".join([*top, *middle, "", _BOTTOM])


_BOTTOM = """Share
Flavia Tarlenheim

With more than nine years of experience in the markets of the middle kingdoms, Flavia wants to bring what she learned to the readers of this site. \
Her interest lies mostly in how courts and coins meet. When she isn't writing you can find her at the chess club. You can reach her at flavia@gazette.example

Published by
Why trust the Zenda Gazette: The Zenda Gazette has written about tokens since 2016 and gives its readers careful reports. Our editors check each story and \
follow our Editorial Policy. We also look at every exchange before we write about it, and we say so where we do not know.
Investment disclaimer: The content shows the views of its author and the state of the market. Do your own research before you invest in any token.
Ad Disclosure: This site may show sponsored content and affiliate links.

Recent Posts

  • Daily Token News

A Founder In Hentzau Hints At A New Token After A Deal

A founder has hinted that a new token could come soon after…

October 3, 2025
  • Market News

Minutes Of The Bank Of Ruritania Show That Rates May Fall

The minutes of the last meeting have shown that the governors look…

October 3, 2025
  • Daily Token News

Kravonia To Give Out Its Own Coin After The Example Of Glottenberg

Kravonia will be the second duchy that gives out a coin of its…

October 2, 2025"""

_PARAGRAPHS = "".join(f"<h2>{block}</h2>" if block in HEADINGS else f"<p>{block}</p>" for block in BODY)


def html_page(head: str = "", body: str = _PARAGRAPHS, title: str = TITLE) -> str:
    """The same article as a web page with navigation, teasers and a footer around it."""
    return (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{title} | Zenda Gazette</title>{head}</head><body>'
        '<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li><li><a href="/prices">Prices</a></li></ul></nav>'
        f"<main><article><h1>{title}</h1>{body}</article></main>"
        '<aside><h3>Recent posts</h3><ul><li><a href="/a">A founder hints at a token</a> October 3, 2025</li></ul></aside>'
        "<footer><p>© 2026 Zenda Gazette. All rights reserved.</p></footer></body></html>"
    )


META = (
    '<link rel="canonical" href="https://gazette.example/2026/mining-halls/?utm_source=feed">'
    '<meta property="og:site_name" content="Zenda Gazette"><meta property="article:published_time" content="2026-05-04T09:30:00+02:00">'
    '<meta name="author" content="Flavia Tarlenheim">'
)


def pdf_file(lines: list[str]) -> bytes:
    """A small PDF with a text layer, one page."""
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    stream = f"BT /F1 11 Tf 50 780 Td 14 TL {shown} ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
