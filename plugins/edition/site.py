"""The site as its settings describe it."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from typing import NamedTuple
from urllib.parse import quote, urlencode, urlsplit

DEFAULT_URL = "http://localhost:8000"


class Site(NamedTuple):
    """Name, address and identity of the digest.

    ``url`` has no slash at the end. ``tag_authority`` (RFC 4151) makes feed ids and does not follow ``url``.
    ``day`` is the build day: the only thing that comes from the clock.
    """

    name: str
    tagline: str
    url: str
    tag_authority: str
    day: date
    repo_url: str = ""
    repo_branch: str = "main"
    hub_url: str = ""
    licence_url: str = "https://creativecommons.org/licenses/by/4.0/"
    licence_name: str = "CC BY 4.0"

    @property
    def base(self) -> str:
        """The path of the site's root on its host, with a slash at the end."""
        return urlsplit(self.url).path.rstrip("/") + "/"

    @property
    def domain(self) -> str:
        """The host name of the tag authority, for calendar UIDs."""
        return self.tag_authority.split(",")[0]

    def absolute(self, url: str) -> str:
        """The full address of a path below the root (``/briefs/x/``)."""
        return self.url + url

    def tag(self, specific: str) -> str:
        """A tag URI (RFC 4151), the same for ever."""
        return f"tag:{self.tag_authority}:{specific}"

    def edit_url(self, path: str) -> str | None:
        """Where a file of the repository is edited, or None without a repository."""
        return f"{self.repo_url}/edit/{self.repo_branch}/{path}" if self.repo_url else None

    def history_url(self, path: str) -> str | None:
        """Where the history of a file stands."""
        return f"{self.repo_url}/commits/{self.repo_branch}/{path}" if self.repo_url else None

    def new_file_url(self, folder: str, name: str, value: str) -> str | None:
        """Where a new file is written, with its name and text filled in."""
        if not self.repo_url:
            return None
        return f"{self.repo_url}/new/{self.repo_branch}/{quote(folder)}?{urlencode({'filename': name, 'value': value}, quote_via=quote)}"

    def report_url(self, title: str, body: str) -> str | None:
        """Where an error is reported, with title and text filled in."""
        if not self.repo_url:
            return None
        return f"{self.repo_url}/issues/new?{urlencode({'template': 'error.yml', 'title': title, 'page': body}, quote_via=quote)}"


def read_build_day(environment: dict[str, str] | os._Environ[str]) -> date:
    """The build day: ``SOURCE_DATE_EPOCH`` (reproducible-builds.org), else today in UTC.

    Raises ValueError where the variable is no number of seconds.
    """
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return moment.date()


def check_site_url(url: str) -> str:
    """The site's address without a slash at the end. Raises ValueError for anything but http(s)://host[/path]."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError(f"SITE_URL is `{url}`; write it as https://digest.example.org or https://name.github.io/digest")
    return url.rstrip("/")
