"""What Jinja made of a template is taken again only where all that it depends on is the same."""

from __future__ import annotations

from typing import Any

import pytest
from jinja2 import DictLoader, Environment, TemplateSyntaxError

from plugins.edition.kept_code import KeptCode


def render(text: str, codes: dict[str, str], **options: Any) -> tuple[str, int]:
    """A template in an environment of its own, and how many templates were compiled for it."""
    environment = Environment(loader=DictLoader({"page.html": text}), autoescape=True, **options)
    environment.bytecode_cache = KeptCode(environment, codes)
    compiled = []
    make = environment.compile
    environment.compile = lambda *args: compiled.append(args) or make(*args)  # type: ignore[method-assign, assignment, func-returns-value]
    return environment.get_template("page.html").render(value="<b>"), len(compiled)


def test_what_was_made_is_taken_again() -> None:
    """For the same text and options."""
    codes: dict[str, str] = {}
    assert render("{{ value }}", codes) == ("&lt;b&gt;", 1)
    assert render("{{ value }}", codes) == ("&lt;b&gt;", 0)
    assert len(codes) == 1


@pytest.mark.parametrize(
    ("text", "options"), [("{{ value }}!", {}), ("{{ value }}", {"trim_blocks": True}), ("{{ value }}", {"optimized": False})]
)
def test_another_text_or_option_is_made_anew(text: str, options: dict[str, Any]) -> None:
    """An edit of the template, another setting."""
    codes: dict[str, str] = {}
    render("{{ value }}", codes)
    found, compiled = render(text, codes, **options)
    assert found.startswith("&lt;b&gt;")
    assert found.endswith(text[-1]) == text.endswith("!")
    assert compiled == 1


def test_code_that_is_none_is_made_anew() -> None:
    """Of another Python, or cut."""
    codes: dict[str, str] = {}
    render("{{ value }}", codes)
    for key in codes:
        codes[key] = "bm90aGluZw=="
    assert render("{{ value }}", codes) == ("&lt;b&gt;", 1)


def test_a_fault_of_a_template_is_told_as_before() -> None:
    """With its line."""
    with pytest.raises(TemplateSyntaxError) as caught:
        render("one\n{% if %}", {})
    assert caught.value.lineno == 2
