"""Bits of bodies that random ones are put together from."""

from __future__ import annotations

from hypothesis import strategies as st

ATTACKS = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<a href='javascript:x'>y</a>", "<iframe src=//x>", "<style>*{}</style>",
    "<!-- x -->", "<math><mtext></p><script>", "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;", "`<script>`", "    <script>", "```html\n<script>\n```",
    "<p onclick=x>", "<details open ontoggle=x>", "[a](https://x.example/\"onmouseover=\"x)", '[a](https://x.example/ "t\\" onmouseover=\\"x")', "<b\nonclick=x>", "\\<script>",
    '[x](https://a.example "<script>")', "| <script> |\n|---|\n| <img src=x onerror=y> |", "[^1]\n\n[^1]: <script>x</script>", "a\n\n[^<b>]: x", "# <script>", "- <script>",
)  # fmt: skip

pieces = st.sampled_from(
    [
        *ATTACKS,
        "[",
        "]",
        "(",
        ")",
        "`",
        "*",
        "_",
        "\n",
        "\n\n",
        "> ",
        "- ",
        "1. ",
        "#",
        "|",
        "---",
        "https://a.example/",
        "/briefs/x/",
        "javascript:",
        " ",
        "a",
        "\\",
        "&",
        ";",
        "^",
        "!",
        '"',
        "'",
    ]
)

lines = st.sampled_from(
    [
        "Words of a law",
        "ё",
        "\n",
        "\n\n",
        "  \n",
        " \n",
        "\t",
        "    ",
        "> ",
        "- ",
        "1. ",
        "# ",
        "===",
        "---",
        "***",
        "|a|b|\n|-|-|\n|c|d|\n",
        "[^1]",
        "[^1]:",
        "[d](https://x.example/)",
        "![",
        "[g]: https://g.example",
        "[g]",
        "**a**",
        "*b*",
        "_c_",
        "`d`",
        "...",
        '"q"',
        "'s",
        "&",
        "5 < 6",
        "\\*",
        "[e f](https://x.example/a_b*c--d)",
        "[*g*](h)",
        " **i j**",
        " *k*,",
        "(*l*)",
        "`m *n*`",
        "``o``",
        "!",
        "[",
        "`",
        "*",
    ]
)
