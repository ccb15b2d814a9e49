"""From a web page to its article, with what the page states of itself and nothing guessed."""

from __future__ import annotations

import json

import pytest

from plugins.desk.article import RefusedInput
from plugins.desk.page import read_page
from tests.desk.pages import BODY, META, TITLE, html_page


def test_body_and_metadata() -> None:
    """A page gives its body without navigation and teasers, and its stated metadata."""
    article = read_page(html_page(META).encode(), "page.html")
    assert [block for block in article.blocks if block in BODY] == list(BODY)
    assert "October 3" not in article.text
    assert "All rights" not in article.text
    assert article.title == TITLE
    assert article.url == "https://gazette.example/2026/mining-halls/"
    assert article.publisher == "Zenda Gazette"
    assert article.author == "Flavia Tarlenheim"
    assert article.language == "en"
    assert article.date is not None
    assert (article.date.text, article.date.how) == ("2026-05-04", "article:published_time")


def test_json_ld_is_trusted() -> None:
    """JSON-LD of a news article gives date, publisher and authors."""
    entry = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "Zenda Gazette"},
            {
                "@type": ["NewsArticle"],
                "headline": TITLE,
                "datePublished": "2026-05-04",
                "publisher": {"@type": "Organization", "name": "The Zenda Gazette"},
                "author": [{"@type": "Person", "name": "Flavia Tarlenheim"}, {"@type": "Person", "name": "Fritz Bernenstein"}],
            },
        ],
    }
    article = read_page(html_page(f'<script type="application/ld+json">{json.dumps(entry)}</script>').encode(), "page.html")
    assert article.is_news
    assert article.publisher == "The Zenda Gazette"
    assert article.author == "Flavia Tarlenheim, Fritz Bernenstein"
    assert article.date is not None
    assert article.date.how == "JSON-LD datePublished"


@pytest.mark.parametrize("stated", ["9999-99-99", "2026-02-30", "0001-01-01", "soon", "20260504x", ""])
def test_impossible_dates_are_none(stated: str) -> None:
    """A stated date that cannot be is no date."""
    head = f'<meta property="article:published_time" content="{stated}">'
    assert read_page(html_page(head).encode(), "page.html").date is None


def test_visible_dates_are_only_suggested() -> None:
    """A date that stands only in the visible text is a guess with its reason, not the date."""
    body = "<p>Published May 4, 2026</p>" + "".join(f"<p>{block}</p>" for block in BODY)
    article = read_page(html_page(body=body).encode(), "page.html")
    assert article.date is None
    assert article.guessed_date is not None
    assert article.guessed_date.text == "2026-05-04"


@pytest.mark.parametrize("href", ["javascript:alert(1)", "file:///etc/passwd", "https://name@gazette.example/", "/relative"])
def test_only_web_addresses_are_kept(href: str) -> None:
    """A canonical link that is no plain web address is dropped."""
    assert read_page(html_page(f'<link rel="canonical" href="{href}">').encode(), "page.html").url is None


def test_title_with_fences_and_escapes_is_one_clean_line() -> None:
    """A title cannot end front matter or send escapes to a terminal."""
    title = "Council\n---\nsave_as: x\n---\n\x1b]0;owned\x07\u202eagrees\u202c on it"
    article = read_page(html_page(title=title).encode(), "page.html")
    assert article.title is not None
    assert "\n" not in article.title
    assert article.title.isprintable()


_PAYWALL = "<p>The ministry said on Monday that the bill is ready.</p><p>Subscribe to continue reading. Already a subscriber? Sign in.</p>"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (bytes(range(256)) * 400, "binary"),
        (html_page(body=_PAYWALL).encode(), "paywall"),
        (b"<!doctype html><html><body><div id=app></div><script>boot()</script></body></html>", "paste the text"),
        (b"<p>word</p>" * 950_000, "larger than 5 MB"),
        (html_page().replace("utf-8", "klingon").encode() + b"caf\xe9", "unknown encoding"),
        (("<div>" * 100_000).encode(), "nested"),
        (b"%PDF-1.7 ...", "PDF"),
    ],
    ids=["empty", "binary", "paywall", "script-built", "10 MB", "encoding", "nested", "pdf"],
)
def test_bad_pages_are_refused_in_one_line(data: bytes, said: str) -> None:
    """What has no article is refused with one clear printable line."""
    with pytest.raises(RefusedInput, match=said) as refusal:
        read_page(data, "page.html")
    assert str(refusal.value).isprintable()


def test_stub_with_a_note_to_subscribers() -> None:
    """Half an article that ends in a note to subscribers is refused, for half a story misleads."""
    body = "".join(f"<p>{block}</p>" for block in BODY[:3]) + "<p>To continue reading, create a free account.</p>"
    with pytest.raises(RefusedInput, match="subscribers"):
        read_page(html_page(body=body).encode(), "page.html")


def test_declared_charset() -> None:
    """A page in an older encoding is read as it declares."""
    page = html_page(body="".join(f"<p>{block} Süßwasserquellen im Gebirge.</p>" for block in BODY)).replace("utf-8", "iso-8859-1")
    page = page.replace("’", "'").replace("“", '"').replace("”", '"')
    assert "Süßwasserquellen" in read_page(page.encode("latin-1"), "page.html").text


def test_language_in_doubt_is_that_of_the_text() -> None:
    """A site that says English of a Spanish text is not believed."""
    sentence = "El ministerio de finanzas dijo el jueves que el proyecto de ley sobre los activos digitales ya está en el parlamento y que entrará en vigor el próximo año. "
    article = read_page(html_page(body=f"<p>{sentence * 3}</p><p>{sentence * 4}</p>").encode(), "page.html")
    assert article.language == "es"
