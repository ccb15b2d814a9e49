"""Names of briefs: a date that exists, then words; what is made up by the program fits as well."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.domain.reader import check_name
from plugins.domain.stems import build_stem, find_stem_problem


@pytest.mark.parametrize(
    "stem",
    [
        "2024-05-16-russia-mining",
        "2024-05-russia-mining",
        "2024-russia",
        "2024-02-29-leap",
        "2024-05-16-27-states-sign",
        "2024-100-banks-sign",
        "2024-05-200-banks-sign",
        "2024-5g-auction",
        "1987-first-rule",
    ],
)
def test_good_names(stem: str) -> None:
    """As precise as the date is; numbers of more than two digits are words."""
    assert find_stem_problem(stem) is None


@pytest.mark.parametrize(
    ("stem", "said"),
    [
        ("2024-02-30-x", "`2024-02-30-x.md` is named for `2024-02-30`, a date that does not exist"),
        ("2023-02-29-x", "`2023-02-29`, a date that does not exist"),
        ("2024-13-16-x", "`2024-13-16`, a date that does not exist"),
        ("2024-00-x", "`2024-00`, a date that does not exist"),
        ("2024-05-00-x", "`2024-05-00`, a date that does not exist"),
        ("2024-5-16-x", "`2024-5-16`, a date that does not exist"),
        ("2024-27-states", "`2024-27`, a date that does not exist"),
        ("0000-x", "`0000`, a date that does not exist"),
        ("9999-12-31-x", "`9999-12-31`, a date that does not exist"),
        ("2024-05-16", "`2024-05-16.md` has no words after its date"),
        ("2024-05", "has no words after its date"),
        ("2024", "has no words after its date"),
        ("2024-05-16-", "is no name of a brief"),
        ("2024-05-16--x", "is no name of a brief"),
        ("2024-05-16-X", "is no name of a brief"),
        ("2024-05-16-é", "is no name of a brief"),
        ("٢٠٢٤-05-16-x", "is no name of a brief"),
        ("russia-mining", "is no name of a brief"),
        ("2024-05-16-" + "a" * 140, "is no name of a brief"),
        ("2024-05-16-x\n", "is no name of a brief"),
        ("", "is no name of a brief"),
    ],
)
def test_bad_names(stem: str, said: str) -> None:
    """Each is one fault that says why and what to do."""
    [fault] = check_name(f"{stem[:4]}/{stem}.md", "shown.md")
    assert (fault.line, fault.code) == (1, "F101")
    assert said in fault.message
    assert fault.hint


@given(
    day=st.sampled_from(["2024", "2024-05", "2024-02-29"]),
    slug=st.from_regex(r"(?:[0-9]{1,3}-){0,3}[a-z0-9]{1,9}(?:-[a-z0-9]{1,9}){0,2}", fullmatch=True),
)
def test_names_that_the_program_makes_are_good(day: str, slug: str) -> None:
    """A title that begins with a number does not make a date of it that never was."""
    assert find_stem_problem(build_stem(day, slug)) is None
    assert build_stem(day, slug).startswith(f"{day}-")
