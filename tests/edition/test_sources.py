"""What Jinja made of a template is taken again only where all that it depends on is the same."""

from __future__ import annotations

from typing import Any

import pytest
from jinja2 import DictLoader, Environment, TemplateSyntaxError

from plugins.edition.sources import keep_sources


def render(text: str, sources: dict[str, list[str]], **options: Any) -> str:
    """A template in an environment of its own."""
    environment = Environment(loader=DictLoader({"page.html": text}), autoescape=True, **options)
    keep_sources(environment, sources)
    return environment.get_template("page.html").render(value="<b>")


def test_what_was_made_is_taken_again() -> None:
    """For the same text and options: code of another text under its key shows that it is not made again."""
    sources: dict[str, list[str]] = {}
    assert render("{{ value }}", sources) == "&lt;b&gt;"
    others: dict[str, list[str]] = {}
    assert render("{{ value }}, kept", others) == "&lt;b&gt;, kept"
    sources["page.html"][1] = others["page.html"][1]
    assert render("{{ value }}", sources) == "&lt;b&gt;, kept"


@pytest.mark.parametrize(("text", "options"), [("{{ value }}!", {}), ("{{ value }}", {"trim_blocks": True})])
def test_another_text_or_option_is_made_anew(text: str, options: dict[str, Any]) -> None:
    """An edit of the template, another setting."""
    sources: dict[str, list[str]] = {}
    render("{{ value }}", sources)
    before = dict(sources)
    assert render(text, sources, **options).startswith("&lt;b&gt;")
    assert sources.keys() == before.keys()
    assert sources != before


def test_a_fault_of_a_template_is_told_as_before() -> None:
    """With its line."""
    with pytest.raises(TemplateSyntaxError) as caught:
        render("one\n{% if %}", {})
    assert caught.value.lineno == 2
