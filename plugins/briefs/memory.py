"""What a process that builds again and again, such as ``digest serve``, keeps in mind from one build to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from plugins.briefs.rows import Reading
from plugins.domain.faults import Fault
from plugins.domain.prose import Page
from plugins.domain.vocabulary import Vocabulary


class Looked(NamedTuple):
    """What a shelf found when it looked at all files."""

    readings: dict[str, Reading]  # by path below the content folder
    paths: tuple[str, ...]  # of all files that may be briefs, as faults name them
    faults: tuple[Fault, ...]  # of folders, vocabularies and prose
    vocabulary: Vocabulary
    pages: tuple[Page, ...]


@dataclass(slots=True)
class Memory:
    """What the last build found and left. A build takes it, and puts it back when it ended well; so one that fails leaves none.

    ``changed`` are the paths in the content folder that changed since; None: the next build looks at everything, outputs too.
    """

    changed: frozenset[str] | None = None
    looked: Looked | None = None
    stamp: str = ""  # of the state as it was left: with another one, another process built
    is_second_look: bool = False  # whether the build that took it looks at everything because nothing changed for some time

    def take(self, stamp: str) -> tuple[Looked | None, frozenset[str] | None]:
        """What is known, if the state is as it was left, and the changed paths."""
        looked, changed = self.looked, self.changed
        self.is_second_look = looked is not None and changed is None
        self.looked, self.changed = None, None
        return (looked, changed) if looked and changed is not None and stamp == self.stamp != "" else (None, None)

    def keep(self, looked: Looked | None, stamp: str) -> None:
        """What a build found, and the state that it left."""
        self.looked, self.stamp = looked, stamp
