"""Sentences end where people end them."""

from __future__ import annotations

import pytest

from plugins.desk.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Mr. Rassendyll of the U.S. Senate voted. He left.", 2),
        ("He left at 5 p.m. The bill passed.", 2),
        ("Acme Inc. said so. It was built in the U.S. The rest was not.", 3),
        ("“We will see,” said J. K. Elphberg on Jan. 5. Nothing else.", 2),
        ("1. The first item stands here.", 1),
        ("Art. 5 para. 2 applies. No. 12 too! Really?", 3),
        ("The fee is 3.5 bn. It rises.", 1),
        ("It costs 1.5 million. Is that “too much?” Nobody knows.", 3),
        ("法案は可決された。来年施行される。「重要だ」と述べた。", 3),
        ("Закон принят 1 янв. 2024 г. Он вступил в силу.", 1),
        ("El Sr. García dijo que sí. La ley núm. 5 entra en vigor.", 2),
        ("Der Entwurf gilt ab 1. Januar 2027. Er betrifft z. B. Banken.", 2),
    ],
)
def test_hard_cases(text: str, count: int) -> None:
    """Abbreviations, initials, list numbers and quotations do not end sentences where they should not."""
    sentences = split_sentences(text)
    assert len(sentences) == count, sentences
    assert " ".join(" ".join(sentences).split()).replace(" ", "") == text.replace(" ", "")


def test_nothing_in_nothing_out() -> None:
    """An empty block has no sentences."""
    assert split_sentences("  ") == []
