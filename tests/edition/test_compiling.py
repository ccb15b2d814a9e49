"""What stands between braces is escaped as Jinja escapes it, whatever it is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError
from markupsafe import Markup, escape

from plugins.domain.stage import Stage
from plugins.edition.compiling import Generator, show


class Words(str):
    """Text of a class of its own."""

    __slots__ = ()


class Safe(Markup):
    """HTML of a class of its own."""

    __slots__ = ()


class Mended(Markup):
    """HTML that says something else of itself."""

    __slots__ = ()

    def __html__(self) -> str:
        return "<b>mended</b>"


class Own:
    """Knows its HTML."""

    def __html__(self) -> str:
        return "<b>&amp;</b>"


@given(st.text(alphabet="a<>&\"' é–\u200d𝒳") | st.text())
def test_every_text_is_escaped(text: str) -> None:
    """As `escape` does it, in every class of text."""
    assert show(text) == show(Words(text)) == str(escape(text))
    assert show(Markup(text)) == show(Safe(text)) == text


@pytest.mark.parametrize(
    "value", [0, 1.5, True, None, date(2024, 1, 2), Stage.BILL, ("<", "&"), ["'"], {"<": '"'}, b"<", Own(), Mended("<i>")]
)
def test_every_value_is_escaped(value: object) -> None:
    """As `escape` does it: the text of the value, or the HTML that it knows itself."""
    assert show(value) == str(escape(value))


TEXTS = (
    "{{ text }}",
    "{{ own }} {{ html }} {{ number }} {{ text ~ html }} {{ html ~ text }} {{ text | safe }} {{ [text, html] | join('<') }}",
    "{% macro m(x) %}<i>{{ x }}</i>{% endmacro %}{{ m(text) }}{{ m(html) }}",
    "{% set kept %}<i>{{ text }}</i>{% endset %}{{ kept }}{{ kept | upper }}",
    "{% for x in [text, html] %}{{ x }}{{ ',' if not loop.last }}{% endfor %}",
    "{% autoescape false %}{{ text }}{% endautoescape %}{{ text }}",
    "{% filter upper %}{{ text }}{% endfilter %}{{ '<' }}{{ 1 + 1 }}",
    "{% block a %}{{ text }}{% endblock %}{{ self.a() }}{{ text | tojson }}{{ text | e }}{{ text | forceescape }}{{ html | forceescape }}",
    "{% extends 'base' %}{% block a %}{% for x in [text, html] %}{% block b scoped %}{{ x }}{% endblock %}{% endfor %}{{ super() }}{% endblock %}",
    "{% if number %}{% extends 'base' %}{% endif %}{% block a %}{{ text }}{% endblock %}",
)
BASE = "<p>{% block a %}{{ html }}{% endblock %}{% set kept %}{% block c %}{{ text }}{% endblock %}{% endset %}{{ kept }}</p>"


@pytest.mark.parametrize("source", TEXTS)
@pytest.mark.parametrize("autoescape", [True, False])
def test_templates_give_what_jinja_gives(source: str, autoescape: bool) -> None:
    """Another generator of code, the same pages."""
    found = []
    values = {"text": '<a href="x">\'&', "html": Markup("<b>&amp;</b>"), "own": Own(), "number": 7}
    for generator in (Generator, Environment.code_generator_class):
        environment = Environment(loader=DictLoader({"page": source, "base": BASE}), autoescape=autoescape, undefined=StrictUndefined)
        environment.code_generator_class = generator
        found.append(environment.get_template("page").render(values))
        with pytest.raises(UndefinedError):
            environment.from_string("{{ nobody }}").render()
    assert found[0] == found[1]
