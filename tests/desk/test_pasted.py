"""The block cleaner: the article and nothing else from a page pasted as text."""

from __future__ import annotations

import pytest

from plugins.desk.article import RefusedInput
from plugins.desk.pasted import find_title, read_pasted
from plugins.desk.quotes import find_quotes
from tests.desk.pages import BODY, QUOTE, SPEAKER, TITLE, pasted_page


def test_exact_body_of_a_pasted_page() -> None:
    """A pasted page gives its body with both subheadings and none of the furniture."""
    article = read_pasted(pasted_page().encode(), "page.txt")
    assert list(article.blocks) == list(BODY)
    assert article.title == TITLE
    assert article.language == "en"
    assert not article.warnings


def test_no_date_of_other_posts() -> None:
    """Dates of teasers are never taken for the date of the article."""
    article = read_pasted(pasted_page().encode(), "page.txt")
    assert article.date is None
    assert article.guessed_date is None


def test_block_quote_without_marks() -> None:
    """A block quote that lost its marks is a quotation of the person who signs it."""
    quotes = find_quotes(read_pasted(pasted_page().encode(), "page.txt").blocks)
    assert [(quote.text, quote.speaker) for quote in quotes if quote.text.startswith("We think")] == [(QUOTE, SPEAKER)]


def test_dateline_beside_the_title() -> None:
    """A date is taken from a line beside the title that is nothing but a date of publication."""
    text = f"{TITLE}\nBy Flavia Tarlenheim\nUpdated June 1, 2026\nPublished: May 4, 2026\n\n" + "\n\n".join(BODY)
    article = read_pasted(text.encode(), "page.txt")
    assert article.date is not None
    assert article.date.text == "2026-05-04"
    assert "Published" in article.date.how


def test_article_that_stands_twice() -> None:
    """A page that holds its article twice gives it once."""
    prose = [block for block in BODY if len(block.split()) >= 20]
    article = read_pasted("\n\n".join([TITLE, *prose, "Advertisement", "Sign up", "Menu", *prose]).encode(), "page.txt")
    assert list(article.blocks) == prose


def test_text_without_title() -> None:
    """Text that begins with prose has no title."""
    assert read_pasted("\n\n".join(BODY).encode(), "page.txt").title is None
    assert find_title([BODY[0], BODY[1]]) is None


def test_whole_page_tagged_where_little_is_left() -> None:
    """Where the cleaner leaves little, the whole page is tagged and a warning says so."""
    rows = "\n".join(f"Row {number}: licence {number} of the council" for number in range(60))
    article = read_pasted(f"A list of licences of the council\n\n{BODY[0]}\n\n{rows}".encode(), "page.txt")
    assert article.tag_whole
    assert article.tagged_text == article.full_text
    assert [fault.code for fault in article.warnings][:1] == ["A2"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (bytes(range(256)) * 40, "binary"),
        ("Zażółć gęślą jaźń. ".encode("iso8859-2") * 40, "encoding"),
        (b"Subscribe to continue reading. Sign in.", "too short"),
        (b"x" * 5_000_001, "larger than 5 MB"),
        (("Blorp zint qarl fumex drath oliv krint smoop varl. " * 30).encode(), "language"),
    ],
)
def test_bad_input_is_refused_in_one_line(data: bytes, said: str) -> None:
    """What is no article is refused with one clear printable line."""
    with pytest.raises(RefusedInput, match=said) as refusal:
        read_pasted(data, "page.txt")
    assert str(refusal.value).isprintable()


def test_hidden_characters_are_gone() -> None:
    """No control, bidi or invisible character of a page reaches the article."""
    text = pasted_page().replace("Ruritania", "Ruri\u200btania\u202e\x1b[2J")
    article = read_pasted(text.encode(), "page.txt")
    assert "\x1b" not in article.full_text
    assert "\u202e" not in article.full_text
    assert article.blocks[0].startswith("Ruritania[2J")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ja", "財務省は木曜日、暗号資産の採掘に関する法案を国会に提出し、来年から施行する方針を明らかにした。"),
        ("zh", "财政部星期四表示，关于数字资产挖矿的法案已经提交议会，预计明年开始实施，届时企业需要申请许可。"),
        ("th", "กระทรวงการคลังกล่าวเมื่อวันพฤหัสบดีว่าร่างกฎหมายว่าด้วยสินทรัพย์ดิจิทัลได้ถูกส่งไปยังรัฐสภาแล้วและจะมีผลบังคับใช้ในปีหน้า"),
        (
            "ru",
            "Министерство финансов сообщило в четверг, что законопроект о добыче цифровых активов внесён в парламент и вступит в силу в следующем году.",
        ),
        (
            "ar",
            "قالت وزارة المالية يوم الخميس إن مشروع القانون الخاص بالأصول الرقمية قد قدم إلى البرلمان وسيدخل حيز التنفيذ في العام المقبل.",
        ),
        (
            "es",
            "El ministerio de finanzas dijo el jueves que el proyecto de ley sobre los activos digitales ya está en el parlamento y que entrará en vigor el próximo año.",
        ),
    ],
)
def test_other_languages_keep_their_prose(language: str, sentence: str) -> None:
    """Prose in other languages, also in those without spaces, is kept and its language told."""
    article = read_pasted("\n\n".join([sentence * 2, sentence, sentence * 3]).encode(), "page.txt")
    assert article.language == language
    assert len(article.text) > 3 * len(sentence)
