"""The weekly look at sources, without the network."""

from __future__ import annotations

from plugins.program.links import parse_answers, render_report, render_requests

SOURCES = {
    "https://a.example/gone": ("2022-a", "2023-b"),
    "https://b.example/there": ("2022-a",),
    "https://c.example/refuses?q=1": ("2022-a",),
    "https://d.example/(odd)": ("2024-c",),
}


def test_report_names_what_is_gone() -> None:
    """Only pages that are surely gone are listed, each with its briefs and a place to look for copies."""
    report = render_report(SOURCES, parse_answers("0 404 0\n1 200 0\n2 403 0\n3 000 6\nnonsense\n"))
    assert report.startswith("4 sources without an archived copy: 2 gone, 1 did not answer a program.")
    assert (
        "`2022-a`, `2023-b`: <https://a.example/gone> (404); [archived copies](https://web.archive.org/web/*/https://a.example/gone)"
        in report
    )
    assert "`2024-c`: <https://d.example/%28odd%29> (no such host)" in report
    assert "b.example" not in report
    assert "c.example" not in report


def test_missing_answers_are_not_gone() -> None:
    """Where curl says nothing, nothing is claimed."""
    assert "0 gone, 4 did not answer" in render_report(SOURCES, {})


def test_an_address_cannot_become_an_option() -> None:
    """Whatever an address holds, it is one quoted value of curl's configuration."""
    lines = render_requests(['https://a.example/"\noutput = /etc/x\\', "https://bücher.example/ü?ä=1"]).splitlines()
    assert lines == [
        'url = "https://a.example/%22output%20=%20/etc/x%5C"',
        'output = "/dev/null"',
        'url = "https://xn--bcher-kva.example/%C3%BC?%C3%A4=1"',
        'output = "/dev/null"',
    ]
