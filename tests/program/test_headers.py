"""One content security policy: what the pages say of themselves, `_headers`, and the samples for nginx and Caddy agree."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plugins.program.headers import HEADERS, POLICY, write_headers
from tests.pages import Page, read_pages
from tests.project import Project

ROOT = Path(__file__).resolve().parents[2]
PUBLISHING = (ROOT / "content/pages/publishing.md").read_text("utf-8")
Policy = dict[str, frozenset[str]]


@pytest.fixture(scope="module")
def pages(site: Project) -> dict[str, Page]:
    """The published pages."""
    return read_pages(site.tree())


def parse(text: str) -> Policy:
    """The sources of each directive; no directive stands twice."""
    parts = [p.split() for p in text.split(";") if p.strip()]
    assert len({p[0] for p in parts}) == len(parts), text
    return {p[0]: frozenset(p[1:]) - {"'none'"} for p in parts}


def of_page(page: Page) -> Policy:
    """The policy that a page states of itself, once, before anything that it holds for."""
    found = [e for e in page.tree.iter("meta") if (e.get("http-equiv") or "").lower() == "content-security-policy"]
    assert len(found) == 1, page.path
    return parse(found[0].get("content") or "")


def is_named(source: str) -> bool:
    """Whether a source names one file of ours or one block of data, which a header's `'self'` covers or which is not run."""
    return source.startswith(("'sha256-", "'sha384-", "'nonce-"))


def headers_of_nginx() -> dict[str, str]:
    """The headers that the sample sets: at the level of the server, for a location with one of its own would lose the others."""
    found = dict(re.findall(r'^    add_header ([\w-]+) "?(.*?)"? always;$', PUBLISHING, re.MULTILINE))
    assert PUBLISHING.count("add_header ") == len(found)
    return found


def headers_of_caddy() -> dict[str, str]:
    """The headers that the sample sets, for all paths."""
    return dict(re.findall(r'^    header ([A-Z][\w-]+) "?(.*?)"?$', PUBLISHING, re.MULTILINE))


def headers_of_file(folder: Path) -> dict[str, str]:
    """The headers that `_headers` sets for all paths."""
    write_headers(folder)
    lines = (folder / "_headers").read_text("utf-8").splitlines()
    assert lines[0] == "/*"
    assert lines.count("/*") == 1
    whole = lines[1 : next(i for i, line in enumerate(lines) if i and line.startswith("/"))]
    assert [line for line in lines if "Content-Security-Policy" in line] == [line for line in whole if "Content-Security-Policy" in line]
    return dict(line.strip().split(": ", 1) for line in whole)


def test_samples_and_file_send_the_same(tmp_path: Path) -> None:
    """Every header of ours, with the same value, on every kind of host; nginx has two more."""
    ours = dict(HEADERS)
    assert headers_of_file(tmp_path) == ours
    assert headers_of_caddy() == ours
    assert {name: value for name, value in headers_of_nginx().items() if name in ours} == ours


def test_every_page_forbids_what_it_does_not_use(pages: dict[str, Page]) -> None:
    """`default-src 'none'`, and what it does not cover stands there by itself."""
    for page in pages.values():
        policy = of_page(page)
        assert policy["default-src"] == frozenset(), page.path
        assert policy["base-uri"] == frozenset(), page.path
        assert {"form-action", "style-src", "img-src", "script-src"} <= set(policy), page.path


def test_the_header_allows_what_pages_use_and_nothing_else(pages: dict[str, Page]) -> None:
    """The union of what the pages allow, without what names single files; only framing is forbidden by header alone."""
    used: dict[str, set[str]] = {}
    for page in pages.values():
        for directive, sources in of_page(page).items():
            used.setdefault(directive, set()).update(s for s in sources if not is_named(s))
    header = parse(POLICY)
    assert header.pop("frame-ancestors") == frozenset()
    assert header == {directive: frozenset(sources) for directive, sources in used.items()}


@pytest.mark.parametrize(
    "source", ["*", "https:", "data:", "blob:", "'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "'strict-dynamic'"]
)
def test_nothing_unsafe_anywhere(pages: dict[str, Page], source: str) -> None:
    """No page and no header has a source that would let code in."""
    policies = [parse(POLICY), *(of_page(p) for p in pages.values())]
    assert not any(source in sources for policy in policies for sources in policy.values())


def test_pages_allow_only_what_is_in_them(pages: dict[str, Page]) -> None:
    """A page without a script of ours, a form or a search does not allow one."""
    for page in pages.values():
        policy = of_page(page)
        scripts = [e for e in page.tree.iter("script") if e.get("src")]
        assert ("'self'" in policy["script-src"]) == bool(scripts), page.path
        assert ("'self'" in policy["form-action"]) == any(page.tree.iter("form")), page.path
        searches = any("search.js" in (e.get("src") or "") for e in scripts)
        assert ("'wasm-unsafe-eval'" in policy["script-src"]) == searches, page.path
        assert policy["connect-src"] == {"'self'"}, page.path
