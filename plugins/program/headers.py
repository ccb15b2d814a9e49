"""Headers for hosts that read ``_headers``. The page content/pages/publishing.md has the same for nginx and Caddy."""

from __future__ import annotations

from pathlib import Path

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
SEARCH_POLICY = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'")
HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)


def write_headers(folder: Path) -> None:
    """Writes ``_headers`` (the form that Netlify and Cloudflare Pages read)."""
    lines = ["/*", *(f"  {name}: {value}" for name, value in HEADERS), f"  Content-Security-Policy: {POLICY}"]
    lines += ["/search/*", "  ! Content-Security-Policy", f"  Content-Security-Policy: {SEARCH_POLICY}"]
    for path, kind in (("/*atom.xml", "application/atom+xml"), ("/*rss.xml", "application/rss+xml"), ("/*.ics", "text/calendar")):
        lines += [path, f"  Content-Type: {kind}; charset=utf-8"]
    (folder / "_headers").write_text("\n".join(lines) + "\n", "utf-8")
