"""Topics, stages, policy or not, measures and actors, on texts of our own and the real vocabulary."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.desk.tagger import MOST_TOPICS, is_policy, suggest_actors, suggest_measures, suggest_stages, suggest_topics
from plugins.domain.loading import load_vocabulary
from plugins.domain.stage import MeasureKind, Stage
from plugins.domain.vocabulary import Measure, Topic, Vocabulary

CONTENT = Path(__file__).parents[2] / "content"


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary(CONTENT)[0]


def topics_of(words: dict[str, list[tuple[str, float]]]) -> dict[str, Topic]:
    return {name: Topic(name, name.title(), f"About {name}.", words=tuple(listed)) for name, listed in words.items()}


def found(title: str, text: str, topics: dict[str, Topic]) -> list[str]:
    return [entry.id for entry in suggest_topics(title, text, topics)]


TAGGED = [
    ("de", "Steuer auf Kryptowerte", "Gewinne aus Kryptowerten unterliegen der Einkommensteuer, sagt das Finanzamt.", "taxation"),
    ("fr", "Interdiction totale du minage", "La loi interdit le minage de bitcoin dans tout le pays.", "mining"),
    ("es", "Publicidad de criptomonedas", "Las campañas publicitarias y los influencers deben avisar del riesgo.", "advertising"),
    ("pt", "Lavagem de dinheiro", "As corretoras devem evitar lavagem de dinheiro e financiamento do terrorismo.", "aml-cft"),
    ("it", "Euro digitale", "La banca centrale prepara l'euro digitale, una valuta digitale di banca centrale.", "cbdc"),
    ("nl", "Vergunning verplicht", "Zonder vergunning mogen cryptodienstverleners niet werken; de toezichthouder ziet toe.", "licensing"),
    ("pl", "Pranie pieniędzy", "Ustawa ma utrudnić pranie pieniędzy i finansowanie terroryzmu.", "aml-cft"),
    ("ru", "Запрет майнинга", "Майнинг запретят зимой, майнерам отключат электроэнергию.", "mining"),
    ("uk", "Податок на активи", "Законопроєкт про оподаткування передбачає податок 18 відсотків.", "taxation"),
    ("tr", "Kripto madenciliği", "Kripto madenciliği için elektrik tüketimi ölçülecek.", "mining"),
    ("ar", "العملات المستقرة", "ينظم القانون إصدار العملات المستقرة واحتياطيات المصدرين.", "stablecoins"),
    ("fa", "استخراج رمزارز", "ماینرها برای استخراج رمزارز به مجوز نیاز دارند.", "mining"),
    ("hi", "क्रिप्टो पर टैक्स", "क्रिप्टो की आय पर टैक्स और टीडीएस लगेगा।", "taxation"),
    ("id", "Bursa wajib berizin", "Pedagang aset kripto wajib memiliki izin usaha dan terdaftar.", "licensing"),
    ("vi", "Chống rửa tiền", "Nhà cung cấp phải chống rửa tiền và tài trợ khủng bố.", "aml-cft"),
    ("th", "ห้ามชำระค่าสินค้า", "ห้ามใช้คริปโตชำระค่าสินค้าและบริการ", "payments"),
    ("zh", "稳定币条例", "稳定币发行人须申请牌照。", "stablecoins"),
    ("zh", "虛擬貨幣洗錢", "業者須遵守洗錢防制規定。", "aml-cft"),
    ("ja", "インサイダー取引を禁止", "暗号資産のインサイダー取引と相場操縦を禁止する。", "market-abuse"),
    ("ko", "가상자산 과세", "가상자산 과세를 유예하고 소득세 세율을 정한다.", "taxation"),
    ("en", "A reserve of bitcoin", "The treasurer may hold a strategic bitcoin reserve with public funds.", "reserves"),
    (
        "en",
        "Court on ownership",
        "The judge held that tokens are property and belong to the creditors in insolvency.",
        "property-insolvency",
    ),
    ("en", "Sandbox opens", "Ten firms joined the regulatory sandbox, a pilot regime.", "sandbox-innovation"),
    ("en", "Fund approved", "The exchange traded fund will hold ether; other ETFs follow.", "etf-funds"),
]


@pytest.mark.parametrize(("language", "title", "text", "expected"), TAGGED, ids=[f"{t[0]}-{t[3]}-{i}" for i, t in enumerate(TAGGED)])
def test_main_topic_is_found_in_its_language(vocabulary: Vocabulary, language: str, title: str, text: str, expected: str) -> None:
    """The words that editors keep with the topics cover every big language."""
    assert found(title, text, dict(vocabulary.topics))[:1] == [expected]


def test_every_topic_has_words_of_all_big_languages(vocabulary: Vocabulary) -> None:
    """Thirty-one topics, each with enough words, weights between hint and certainty, and words in the main scripts."""
    assert len(vocabulary.topics) == 31
    for topic in vocabulary.topics.values():
        patterns = [pattern for pattern, _ in topic.words]
        assert len(patterns) >= 60, topic.id
        assert all(0.5 <= weight <= 3 for _, weight in topic.words), topic.id
        assert len(patterns) == len({p.lower() for p in patterns}), topic.id
        text = " ".join(patterns)
        for first, last in ("ая", "ا\u06cc", "अह", "กฮ", "\u4e00\u9fff", "가힣"):
            assert any(first <= char <= last for char in text), (topic.id, first)
        assert topic.html.count("<p>") == 2, topic.id


def test_topic_words_are_whole_words_with_stems() -> None:
    """A pattern is found as whole words in any case; a star gives any ending, a plural s is allowed."""
    topics = topics_of({"fees": [("levy", 3.0), ("tax*", 3.0)], "hash": [("hash rate", 3.0)]})
    assert found("", "A LEVY was put on miners.", topics) == ["fees"]
    assert found("", "Taxpayers pay", topics) == ["fees"]
    assert found("", "Two hash-rates fell", topics) == ["hash"]
    assert found("", "relevy syntax rehash rate", topics) == []


def test_title_and_beginning_count_more() -> None:
    """The topic of the title comes before one that is mentioned as often at the end."""
    topics = topics_of({"first": [("apple", 2.0)], "second": [("plum", 2.0)]})
    entries = suggest_topics("Apple law", "apple " + "x " * 400 + "plum plum", topics)
    assert [entry.id for entry in entries][:1] == ["first"]
    assert entries[0].reason == "apple x2"


def test_passing_mention_is_no_topic() -> None:
    """One strong word at the end of a text is not enough; hints alone are not either."""
    topics = topics_of({"one": [("apple", 2.0)], "two": [("plum", 1.0)]})
    assert found("", "x " * 400 + "apple plum", topics) == []


def test_at_most_six_topics() -> None:
    """A brief has one to six topics."""
    topics = topics_of({name: [(name, 3.0)] for name in "alpha beta gamma delta epsilon zeta eta theta".split()})
    assert len(found("", " ".join(topics) * 3, topics)) == MOST_TOPICS == 6


def test_longer_phrase_hides_the_shorter(vocabulary: Vocabulary) -> None:
    """``Federal Reserve`` is no reserve, and ``data mining`` no mining."""
    assert "reserves" not in found("The Federal Reserve", "The Federal Reserve spoke. The Federal Reserve waited.", dict(vocabulary.topics))
    assert "mining" not in found("Data mining", "Data mining of customer data. More data mining.", dict(vocabulary.topics))


def test_equal_scores_are_ordered_by_id() -> None:
    """The same input gives the same draft: ties are broken by id, not by the order of a set."""
    topics = topics_of({"zeta": [("apple", 3.0)], "alpha": [("plum", 3.0)]})
    assert found("", "apple plum", topics) == ["alpha", "zeta"]
    assert found("", "apple plum", dict(reversed(topics.items()))) == ["alpha", "zeta"]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Game studio raises money", "The studio behind a racing game raised ten million for its token shop. Players like the new cars."),
        ("Bitcoin climbs again", "The price rose by two percent over night. Traders look at the chart and hope for more."),
        ("Airdrop next week", "Holders of the coin get ten new coins each. The exchange supports the swap."),
    ],
)
def test_what_is_no_policy_is_told(title: str, text: str) -> None:
    """Price talk, product news and funding rounds have not one word of law."""
    assert not is_policy(title, text)


@pytest.mark.parametrize(
    "text",
    [
        "The minister promised a bill.",
        "Der Bundestag berät.",
        "La loi passe au Sénat.",
        "El tribunal decidió.",
        "Госдума примет закон.",
        "Верховна Рада голосує.",
        "Meclis yasa çıkardı.",
        "البرلمان يناقش القانون",
        "金融庁が規制を検討",
        "监管机构发布规定",
        "국회가 법안을 논의",
        "รัฐสภาผ่านกฎหมาย",
        "Quốc hội bàn luật mới.",
        "संसद में विधेयक पेश हुआ",
    ],
)
def test_policy_is_recognised_in_every_language(text: str) -> None:
    """No policy item gets the warning for its language."""
    assert is_policy("", text)


@pytest.mark.parametrize(
    ("title", "text", "stage"),
    [
        (
            "President signs mining law",
            "The president signed the law on Monday. It was adopted in July and will take effect in November.",
            Stage.PASSED,
        ),
        (
            "Regulator opens consultation",
            "The consultation paper is open for comment until May; the regulator seeks views.",
            Stage.CONSULTATION,
        ),
        ("Bill passes first reading", "Lawmakers voted for the bill in its first reading; the committee will meet.", Stage.BILL),
        ("Exchange fined", "The exchange pleaded guilty, was fined and agreed to a settlement.", Stage.ENFORCEMENT),
        ("Закон вступил в силу", "Закон вступил в силу в понедельник и действует во всех регионах.", Stage.IN_FORCE),
    ],
)
def test_likely_stage_is_among_two(title: str, text: str, stage: Stage) -> None:
    """Two stages are offered with their words; a person chooses."""
    offered = suggest_stages(title, text)
    assert stage.value in [entry.id for entry in offered]
    assert len(offered) <= 2
    assert all(entry.reason for entry in offered)


MEASURES = {
    measure.id: measure
    for measure in (
        Measure(
            "us-alpha-act",
            "US ALPHA Act on payment tokens",
            ("US",),
            MeasureKind.LAW,
            "Public Law 200-11",
            html="<p>Only permitted issuers may issue payment tokens.</p>",
        ),
        Measure(
            "us-xy-hb777",
            "Law of Ohio on treasury coins",
            ("US-OH",),
            MeasureKind.LAW,
            "HB 777",
            html="<p>The treasurer may hold coins of silver.</p>",
        ),
        Measure(
            "ru-lamp-law",
            "Russian law on lamps",
            ("RU",),
            MeasureKind.LAW,
            "No. 999-FZ of 1 May 2020",
            html="<p>Lamps in greenhouses need a meter and a licence.</p>",
        ),
    )
}


def measures(title: str, text: str, *countries: str) -> list[str]:
    return [entry.id for entry in suggest_measures(title, text, countries, MEASURES)]


def test_measure_is_found_by_number_name_or_words() -> None:
    """A number of the measure, its short name or its own words speak for it; the reason says which."""
    assert measures("", "The decree cites 999-FZ.", "RU") == ["ru-lamp-law"]
    assert measures("Senate on ALPHA", "The alpha act was read again.", "US") == ["us-alpha-act"]
    assert measures("Lamps", "Greenhouses with lamps need a meter.", "RU") == ["ru-lamp-law"]
    assert measures("", "House passes HB777.", "US", "US-OH") == ["us-xy-hb777"]
    assert suggest_measures("", "999-FZ", ("RU",), MEASURES)[0].reason == "999-FZ"


def test_measure_of_another_country_is_not_suggested() -> None:
    """A measure is suggested only where its country was found."""
    assert measures("Lamps", "Greenhouses with lamps need a meter, says 999-FZ.", "KZ") == []
    assert measures("Weather", "It rains in Russia.", "RU") == []


def test_known_actors_are_found_in_the_order_of_the_text() -> None:
    """Only names that the digest knows are listed, each once, the longer of two that overlap."""
    known = ("Bank of Russia", "Central Bank", "Ministry of Finance", "Bank")
    text = "The Ministry of Finance wrote to the Bank of Russia. The Ministry of Finance waits; Bankers do not."
    assert suggest_actors(text, known) == ("Ministry of Finance", "Bank of Russia")
    assert suggest_actors("", known) == ()
