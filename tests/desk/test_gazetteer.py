"""Countries of a text, on texts of our own."""

from __future__ import annotations

import time

import pytest

from plugins.desk.gazetteer import LONGEST, suggest_countries
from plugins.desk.phrases import PhraseIndex


def codes(title: str, text: str = "", language: str | None = "en") -> list[str]:
    return [entry.id for entry in suggest_countries(title, text, language)]


# Language, title, text, codes with the first in its place
NAMED = [
    (
        "en",
        "Kenya passes a virtual asset bill",
        "Kenyan lawmakers sent the bill to President Ruto. The Central Bank of Kenya will license issuers.",
        ["KE"],
    ),
    (
        "de",
        "Bundestag beschließt Steuerfrist",
        "Der Bundestag hat das Gesetz angenommen. Die BaFin prüft, und das Bundesfinanzministerium wartet in Berlin ab.",
        ["DE"],
    ),
    (
        "de",
        "Schweiz: Finma verlangt Bewilligung",
        "Wer in der Schweiz Token ausgibt, braucht eine Bewilligung. Die Finma verschärft ihre Aufsicht.",
        ["CH"],
    ),
    ("fr", "L'Algérie interdit le minage", "La loi algérienne punit le minage. La Banque d'Algérie y voit un risque.", ["DZ"]),
    ("es", "Argentina abre un registro", "El regulador argentino publicó una resolución en Buenos Aires.", ["AR"]),
    ("pt", "Brasil tributa ganhos", "A Receita Federal brasileira explicou a nova alíquota em Brasília.", ["BR"]),
    ("it", "L'Italia alza l'imposta", "Il governo italiano porta l'imposta al 33 per cento; la Consob tace.", ["IT"]),
    ("nl", "AFM waarschuwt", "De Nederlandse toezichthouder AFM waarschuwt beleggers. Ook De Nederlandsche Bank kijkt mee.", ["NL"]),
    ("pl", "Sejm przyjął ustawę", "Polski Sejm przyjął ustawę, a nadzór dostanie KNF. W Warszawie czekają na podpis.", ["PL"]),
    ("ru", "Казахстан вводит лицензии", "В Казахстане подписан закон, казахстанские майнеры покупают энергию за тенге.", ["KZ"]),
    ("ru", "Москва спорит о запрете", "Депутаты Госдумы и российский Минфин не согласны с Банком России.", ["RU"]),
    ("uk", "Рада ухвалила закон", "Верховна Рада підтримала законопроєкт, Нацбанк України пише правила.", ["UA"]),
    (
        "tr",
        "SPK izinsiz borsaları engelledi",
        "Türkiye'de Sermaye Piyasası Kurulu karar aldı, MASAK soruşturuyor. Takas kurumu bekliyor.",
        ["TR"],
    ),
    ("ar", "مصرف الإمارات المركزي يمنح رخصة", "قالت السلطات في أبوظبي إن الإمارات سترخص عملة جديدة وبالدرهم.", ["AE"]),
    ("fa", "بانک مرکزی ایران محدود کرد", "توانیر در تهران می‌گوید ماینرها برق ایران را مصرف می‌کنند.", ["IR"]),
    ("hi", "भारत में नया टैक्स", "भारतीय रिजर्व बैंक और सेबी ने दिल्ली में बैठक की।", ["IN"]),
    ("id", "OJK mengawasi aset kripto", "Otoritas Jasa Keuangan di Jakarta mengambil alih pengawasan di Indonesia dari Bappebti.", ["ID"]),
    ("vi", "Việt Nam thí điểm thị trường", "Chính phủ Việt Nam giao Bộ Tài chính cấp phép tại Hà Nội.", ["VN"]),
    ("th", "ก.ล.ต. ออกหลักเกณฑ์ใหม่", "ธนาคารแห่งประเทศไทยเห็นด้วยกับหลักเกณฑ์ของไทย", ["TH"]),
    ("zh", "香港立法會通過條例", "香港金管局將發出首批牌照，香港政府表示歡迎。", ["HK"]),
    ("zh", "中国央行重申禁令", "中国人民银行在北京开会，各部门将继续整治。", ["CN"]),
    ("ja", "韓国、法案を提出", "韓国の与党はソウルの国会に法案を出した。韓国銀行は慎重だ。", ["KR"]),
    ("ja", "金融庁が方針", "日本の金融庁は金商法の改正を目指す。", ["JP"]),
    ("ko", "국회, 과세 유예 통과", "기획재정부와 국세청이 준비한다고 국회에서 밝혔다. 결제수단으로는 쓸 수 없다.", ["KR"]),
    ("ko", "미국 SEC, 상품 승인", "미국 증권거래위원회가 뉴욕 상장을 허용했다.", ["US"]),
    ("he", "הכנסת דנה בחוק", "רשות ניירות ערך ובנק ישראל הציגו את ההצעה בישראל.", ["IL"]),
    ("cs", "Česko mění daně", "V Česku platí nová pravidla, v Praze je vítají.", ["CZ"]),
    ("hu", "Magyarország szigorít", "Magyarországon engedély kell a váltáshoz.", ["HU"]),
    ("el", "Η Ελλάδα φορολογεί", "Το υπουργείο της Ελλάδας ετοιμάζει φόρο.", ["GR"]),
]


@pytest.mark.parametrize(("language", "title", "text", "expected"), NAMED, ids=[f"{n[0]}-{n[3][0]}-{i}" for i, n in enumerate(NAMED)])
def test_country_is_found_in_its_language(language: str, title: str, text: str, expected: list[str]) -> None:
    """Names, stems of declined names, adjectives, capitals and institutions are known in every big language."""
    assert codes(title, text, language) == expected


def test_reason_names_the_words_found() -> None:
    """People correct a suggestion by its reason, so it says what was found and how often."""
    best = suggest_countries("Russia plans a register", "Russia and Moscow speak of rubles. In Russia nobody knows.", "en")[0]
    assert (best.id, best.reason) == ("RU", "Russia x3, Moscow, rubles")
    assert 0.9 < best.weight <= 1.0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The SEC of Nigeria wrote rules. Nigerian firms must apply, the SEC said, and the SEC will answer.", ["NG"]),
        ("The SEC sued the firm, and the SEC won.", ["US"]),
        ("Philippine regulator: the SEC warned Filipinos. Congress in Manila will ask.", ["PH"]),
        ("The baht fell, said the Thai SEC. The SEC of Thailand and Congress spoke.", ["TH"]),
    ],
)
def test_shared_institution_goes_to_the_country_with_support(text: str, expected: list[str]) -> None:
    """``SEC``, ``Congress`` and the like belong to several countries: only other words tell to which."""
    assert codes("", text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The South China Sea and the Wall Street Journal were named. So were Latin America and the New York Times.",
        "Bank of America and American Airlines like the French Open and the Chinese New Year.",
    ],
)
def test_phrases_that_mislead_are_left_out(text: str) -> None:
    """A sea, a newspaper or a feast says nothing about whose rule it is."""
    assert codes("", text) == []


def test_list_of_countries_does_not_fill_the_draft() -> None:
    """A list in one sentence is one mention each; at most four countries are suggested in all."""
    listed = "France, Spain, Italy, Norway, Sweden, Japan, Chile, Peru, Kenya and Ghana have rules too."
    assert codes("Brazil plans a rule", f"Brazil wants licences. Brazilian banks agree. {'x ' * 400} {listed}") == ["BR"]
    text = " ".join(f"{name} agreed. {name} signed." for name in ("France", "Spain", "Italy", "Norway", "Sweden"))
    assert len(codes("", text)) <= 4


def test_state_counts_for_itself_and_its_country() -> None:
    """A brief on a state carries both codes, the state first."""
    assert codes("North Dakota plans a coin", "Bismarck: the Bank of North Dakota will issue it.") == ["US-ND", "US"]
    assert codes("Wyoming token", "Wyoming sells a token in the United States, says Washington.")[0] == "US"


def test_unions_and_bodies_are_countries_too() -> None:
    """Codes of unions and bodies are suggested like those of states."""
    assert codes("MiCA applies", "The European Commission and ESMA wrote to the European Union.") == ["EU"]
    assert codes("COBAC bans crypto", "The banking commission COBAC of CEMAC acts with BEAC.") == ["XX-CEMAC"]
    assert codes("FATF update", "The Financial Action Task Force met. FATF members report.") == ["XX-FATF"]
    assert codes("Basel Committee", "The Basel Committee delayed its standard.") == ["XX-BCBS"]


def test_title_and_beginning_weigh_more() -> None:
    """What stands in the title is what the text is about."""
    text = "Canada was named. Canada again. Canadian firms wait. " * 2
    assert codes("Australia acts", f"Australia acts. Australian law. {'word ' * 300} {text}")[0] == "AU"


def test_whole_words_and_capitals_only() -> None:
    """``chad``, ``turkey`` and ``mali`` are words; ``Nigeria`` is not Niger, ``Guinea-Bissau`` not Guinea; headlines may shout."""
    assert codes("", "a chad and a turkey, some jordan, mali and jersey") == []
    assert codes("", "Nigeria and Nigeria") == ["NG"]
    assert codes("", "Guinea-Bissau and Guinea-Bissau") == ["GW"]
    assert codes("RUSSIA BANS MINING", "") == ["RU"]


def test_foreign_words_are_not_english_currencies() -> None:
    """``peso`` is weight in Spanish and ``won`` a word in Dutch: small English words are not looked for in other languages."""
    assert codes("", "El peso de la ley y el peso de los hechos", "es") == []
    assert codes("", "Hij won en won en won", "nl") == []


def test_language_may_be_unknown() -> None:
    """Without a language the script chooses the tables."""
    assert codes("Россия и майнинг", "В России обсуждают закон, российские власти молчат.", None) == ["RU"]
    assert codes("日本の金融庁", "日本の金融庁は方針を固めた。日本では暗号資産の規制が変わる。", None) == ["JP"]
    assert codes("Kenya and Kenya", "", None) == ["KE"]
    assert codes("", "", None) == []


def test_long_text_is_read_in_bounded_time() -> None:
    """A page of any length costs no more than its first part."""
    started = time.process_time()
    suggest_countries("", "Russia " * 10 * LONGEST, "en")
    assert time.process_time() - started < 3


def test_phrase_index_knows_stems_plurals_and_scripts() -> None:
    """A star ends a stem, a number bounds its ending, a script without blanks is searched anywhere."""
    index: PhraseIndex[str] = PhraseIndex(plural=True)
    for phrase in ("tax*", "росси*3", "bank account", "稳定币", "money* launder*"):
        index.add(phrase, phrase)
    index.close()

    def found(text: str) -> list[str]:
        return [hit.payload for hit in index.find(text)]

    assert found("taxes and taxation") == ["tax*", "tax*"]
    assert found("российская") == []  # more than three letters
    assert found("россия россией") == ["росси*3", "росси*3"]
    assert found("bank accounts, bank-account") == ["bank account", "bank account"]
    assert found("香港稳定币条例") == ["稳定币"]
    assert found("money laundering") == ["money* launder*"]
    assert [(hit.start, hit.end) for hit in index.find("a bank account")] == [(2, 14)]
