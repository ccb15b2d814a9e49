"""Where a draft goes, and writing it there without harming what is there."""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from plugins.desk.article import Article, RefusedInput
from plugins.desk.draft import build_slug
from plugins.desk.inputs import STANDARD_INPUT, is_address
from plugins.domain.stems import build_stem

FINGERPRINT = ".fingerprint.json"
EVIDENCE = "evidence"  # folder below that of the state
_STEM = re.compile(r"[\w.,+@() -]{1,200}")


@dataclass(frozen=True, slots=True)
class Target:
    """The files of one draft."""

    draft: Path
    evidence: Path  # outside the content

    @property
    def fingerprint(self) -> Path:
        """The fingerprint beside the draft."""
        return self.draft.with_name(self.draft.stem + FINGERPRINT)


def choose_target(article: Article, output: str | None, briefs: Path, date: str | None, cache: Path) -> Target:
    """The files of a draft: as ``-o`` says, else by date and title among the briefs. Raises RefusedInput."""
    draft = _choose_draft(article, output, briefs, date)
    return Target(draft, cache / EVIDENCE / f"{draft.stem}.txt")


def _choose_draft(article: Article, output: str | None, briefs: Path, date: str | None) -> Path:
    if output is not None:
        return Path(output) if output.endswith(".md") else Path(output) / f"{_stem_of(article)}.md"
    if date is None:
        perhaps = f" (perhaps {article.guessed_date.text}: {article.guessed_date.how})" if article.guessed_date else ""
        raise RefusedInput(f"the page states no date{perhaps}; give it with --date YYYY-MM-DD, YYYY-MM or YYYY")
    slug = build_slug(article.title or "") or build_slug(_stem_of(article))
    if not slug:
        raise RefusedInput("no title found to name the draft by; name it with -o FILE.md")
    return briefs / date[:4] / f"{build_stem(date, slug)}.md"


def _stem_of(article: Article) -> str:
    """The stem of a draft in a folder: that of the input file, else words of the title."""
    if article.path != STANDARD_INPUT and not is_address(article.path):
        stem = Path(article.path).stem
        return stem if _STEM.fullmatch(stem) and not stem.startswith(("-", ".")) else build_slug(stem) or "draft"
    return build_slug(article.title or "") or "draft"


def check_free(target: Target, *, force: bool) -> None:
    """Raises RefusedInput where a draft is there already, unless ``force`` allows to write over it."""
    if target.draft.is_symlink() or (target.draft.exists() and not force):
        raise RefusedInput(f"{target.draft} is there already; --force writes over it")


def write_draft(target: Target, draft: str, fingerprint: str | None, evidence: str) -> None:
    """Writes the draft, the fingerprint beside it and the evidence. Raises RefusedInput where they cannot be written."""
    try:
        _write(target.evidence, evidence)
        if fingerprint is not None:
            _write(target.fingerprint, fingerprint)
        _write(target.draft, draft)
    except OSError as reason:
        raise RefusedInput(f"{target.draft} cannot be written: {reason.strerror}") from reason


def _write(file: Path, text: str) -> None:
    """The text as the whole of a file, or the file as it was."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".draft-", suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    """The permissions that new files do not get."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
