"""Markdown to HTML with few parts and short ways: what the whole of Python-Markdown gives."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plugins.domain.converting import Features, assemble, build_converter, convert
from tests.domain.bodies import lines, pieces


@given(st.lists(pieces | lines, max_size=14).map("".join))
@example("> - a list\n> - in a quotation")
@example("> Heading\n> ===")
@example("A line\t\nbroken by a tab")
@example("Words[^1]\n\n[^1]:- a list in a footnote")
@example("Words\n    ")
@example("* \n===\t")
@example("[a](b 'c') [d [e]](f) [*g*](h) [`i`](j) **[k](l) m** [n](<o>) [p]() [q](r(s)) [t]( u )")
@example("## A\n\n- # b\n- c\n\n#\n\n####### d\n\n# e \\# #\n\n# *f*\ng")
@example("- a\n- *b*\n\n    # c\n    d\n- e")
@example("- # b\nc\n- d")
@example("*a* **b c** `d` [e](f_g*h) i\n\n- j [k](l)\n- **m**\n    - *n*\n\n> `o`, it's [p](q)")
@example("***a*** **b*c** *d* e* *f*g x*h* ![i](j) [k](l m) [n [o](p)] `` q `` r`s`t `u[v](w)`")
@example("**a [b](c) d** [**e**](f) [`g`](h) `**i**` * j* *k *l* **m**n**")
@example("[a](b)*c* *d*[e](f)**g** `h`*i* *j*\n*k*\n\n*l*")
@example("- a\n- [b](c) *d*\n# e [f](g)\nh *i*")
@example("[a](b) [^1] [c](d)\n\n[^1]: *e* [f](g) it's")
@example("[a](b) [c][d] [c]\n\n[c]: https://e.example\n[d]: https://f.example")
@example("[d](https://x.example/)\n\n_*b* _ [d](https://x.example/)*\\**")
def test_converters_agree(body: str) -> None:
    """A converter that leaves out what a body cannot use, and takes short ways, gives the HTML of the whole one."""
    few, all_of = build_converter(Features.get_mask(body)), assemble(Features.EVERY)
    few.reset()
    one = few.convert(body)
    all_of.reset()
    whole = all_of.convert(body)
    assert one == whole or {"\x02", "\x03"} & {*whole}  # a fault of Python-Markdown's own, after which a body is refused


def test_plain_spans_are_not_looked_for_by_patterns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Links, emphases and code with plain text around them are told without Python-Markdown's way through every pattern."""
    from markdown.treeprocessors import InlineProcessor

    def fail(*_: object) -> None:
        raise AssertionError("a long way was taken")

    monkeypatch.setattr(InlineProcessor, "run", fail)
    body = "# A\n\nB [c](https://d.example/e_f) *g* **h i**, `j`.\n\n- [k](/l/)\n- m\n\n> **n**\n"
    assert convert(body) == (
        '<h1>A</h1><p>B <a href="https://d.example/e_f">c</a> <em>g</em> <strong>h i</strong>, <code>j</code>.</p>'
        '<ul><li><a href="/l/">k</a></li><li>m</li></ul><blockquote><p><strong>n</strong></p></blockquote>'
    )
    with pytest.raises(AssertionError, match="long way"):
        convert("A **b [c](d)**.")
