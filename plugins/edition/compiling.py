"""How templates are compiled: as Jinja does it, but that values are escaped without an object made for each of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import markupsafe
from jinja2.compiler import CodeGenerator
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from jinja2 import nodes
    from jinja2.compiler import Frame

# Gives the text of `escape` as a plain string: to make it a Markup takes five times as long, and output is only joined.
_escape_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)


_HANDS_ON = ("yield from context.blocks[", "yield from parent_template.root_render_func(")


def show(value: object) -> str:
    """A value as HTML that is to be joined with other HTML: the text that ``escape`` gives."""
    if type(value) is str:
        return _escape_text(value)
    if type(value) is Markup:
        return value
    return escape(value)


class Generator(CodeGenerator):
    """Writes the Python code of a template, with ``show`` where Jinja has ``escape``; a block hands its text on at once."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """The whole module."""
        super().visit_Template(node, frame)
        self.writeline(f"from {__name__} import {show.__name__}")

    def writeline(self, x: str, node: nodes.Node | None = None, extra: int = 0) -> None:
        """A line of code. A hundred pieces of a page would go one by one through blocks in blocks, and what a template extends."""
        if x.startswith(_HANDS_ON):
            x = f"yield ''.join({x.removeprefix('yield from ')})"
        super().writeline(x, node, extra)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """What stands before an expression between braces."""
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write(f"{show.__name__}(")
        else:
            super()._output_child_pre(node, frame, finalize)
