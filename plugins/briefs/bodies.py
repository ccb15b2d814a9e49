"""The bodies of briefs as HTML: those that were just read, and those that the state keeps."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from plugins.briefs.reading import read_files
from plugins.domain.brief import Brief
from plugins.press.state import State


class BodyStore:
    """Bodies by the ids of their briefs; ``digests`` are those of the briefs as they are now. One that the state lost is read again."""

    def __init__(self, content: Path, state: State) -> None:
        self.digests: dict[str, bytes] = {}
        self._content = content
        self._state = state
        self._html: dict[str, str] = {}
        self._fresh: list[Brief] = []

    def add(self, brief: Brief, html: str) -> None:
        """A body that was just read."""
        self._html[brief.id] = html
        self._fresh.append(brief)

    def keep(self) -> None:
        """Hands to the state what was just read."""
        self._put((b.id, b.digest) for b in self._fresh)
        self._fresh = []

    def drop(self, ids: Iterable[str]) -> None:
        """Drops bodies from the state."""
        self._state.drop_texts(map(_text_of, ids))

    def html(self, id: str) -> str:
        """The body of a brief."""
        if id not in self._html:
            self.fetch([id])
        return self._html[id]

    def fetch(self, ids: Iterable[str]) -> None:
        """Brings bodies into memory, many at once."""
        wanted = [i for i in ids if i not in self._html]
        texts = self._state.texts(map(_text_of, wanted)) if wanted else {}
        lost = []
        for id in wanted:
            text = texts.get(_text_of(id), b"")
            if text.startswith(self.digests[id]):
                self._html[id] = text[len(self.digests[id]) :].decode()
            else:
                lost.append(id)
        self._read_again(lost)

    def _read_again(self, ids: list[str]) -> None:
        """Raises OSError where a file is no longer what its reading was."""
        files = [str(self._content / "briefs" / id[:4] / f"{id}.md") for id in ids]
        with read_files([(file, file, "", 0, 0, b"", None) for file in files]) as readings:
            for reading, html in readings:
                id = reading.brief.id if reading.brief else ""
                if not reading.brief or reading.brief.digest != self.digests.get(id):
                    raise OSError("a brief changed during the build: build again")
                self._html[id] = html
        self._put((id, self.digests[id]) for id in ids)

    def _put(self, briefs: Iterable[tuple[str, bytes]]) -> None:
        self._state.put_texts((_text_of(id), digest + self._html[id].encode()) for id, digest in briefs)


def _text_of(id: str) -> str:
    """The name under which the state keeps the body of a brief."""
    return f"body/{id}"
