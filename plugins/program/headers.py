"""Headers for hosts: a file ``_headers`` in each release. The page content/pages/publishing.md has the same for nginx and Caddy."""

from __future__ import annotations

from pathlib import Path

# What some page uses, and nothing else. Each page narrows it further by a policy of its own, so that one is enough for all.
# `frame-ancestors` works in a header only.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",  # icons
        "script-src 'self' 'wasm-unsafe-eval'",  # the search is WebAssembly
        "connect-src 'self'",  # its index
        "base-uri 'none'",
        "form-action 'self'",  # to the search page
        "frame-ancestors 'none'",
    )
)
HEADERS = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)


def write_headers(folder: Path) -> None:
    """Writes ``_headers`` (the form that Netlify and Cloudflare Pages read)."""
    lines = ["/*", *(f"  {name}: {value}" for name, value in HEADERS)]
    for path, kind in (("/*atom.xml", "application/atom+xml"), ("/*rss.xml", "application/rss+xml"), ("/*.ics", "text/calendar")):
        lines += [path, f"  Content-Type: {kind}; charset=utf-8"]
    (folder / "_headers").write_text("\n".join(lines) + "\n", "utf-8")
