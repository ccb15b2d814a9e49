"""Front matter as text, lists and mappings with the line of each value: YAML 1.1 read as strings only."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml
from yaml._yaml import CParser

from plugins.domain.characters import find_forbidden
from plugins.domain.faults import Fault

Path = tuple[str | int, ...]
Node = str | list[Any] | dict[str, Any]

LARGEST = 24_000  # bytes of front matter
DEEPEST = 4  # levels of lists and mappings
MOST_NODES = 2_000
# What libyaml says, in words for people who do not program.
_PROBLEMS = (
    ("mapping values are not allowed", "a colon where none fits: a second one in the line, or no one in the line above"),
    ("found character that cannot start any token", "a value begins with a tab, `@`, a backtick or `%`"),
    ("found a tab character", "a tab at the beginning of the line"),
    ("did not find expected key", "the line does not fit those above it, or words follow a closing quotation mark"),
    ("did not find expected ',' or ']'", "a list in brackets never ends, or lacks a comma"),
    ("did not find expected ',' or '}'", "a brace is never closed"),
    ("did not find expected '-' indicator", "the line does not fit the list above it"),
    ("could not find expected ':'", "a line without `key:`"),
    ("did not find expected node content", "a bracket or comma where a value is expected"),
    ("block sequence entries are not allowed", "a list begins in the middle of a line"),
    ("did not find expected comment", "words on the line of `|` or `>`"),
    ("found unexpected end of stream", "a quotation mark or bracket is never closed"),
)
_FENCE = re.compile(r"---[ \t]*")
_END = re.compile(r"\n---[ \t]*(?:\n|\Z)")
# What opens more levels than DEEPEST lets through is refused before libyaml sees it.
_OPENERS = re.compile(r"[\[{]")
_MOST_OPENERS = 200
# Marks that may begin an anchor, an alias, a tag, a directive or a document end; only then are the events looked at.
_FEATURE_SIGNS = ("&", "*", "!", "%", "...")
_FEATURES = re.compile(r"(?:^|[\s\[{,:-])[&*!]|^(?:\.\.\.|%)", re.MULTILINE)


@dataclass(frozen=True)
class FrontMatter:
    """What a file says between its fences, all scalars as text. The line of every value is worked out when somebody asks."""

    data: dict[str, Any]
    body: str
    body_line: int
    root: yaml.MappingNode | None = None

    def line(self, *path: str | int) -> int:
        """The line of a value, or of the nearest value around it."""
        while path:
            if path in self.lines:
                return self.lines[path]
            path = path[:-1]
        return 1

    @cached_property
    def lines(self) -> dict[Path, int]:
        """The line of every value; of a list or mapping that of its key."""
        return dict(_find_lines(self.root, ())) if self.root else {}

    @cached_property
    def key_lines(self) -> dict[str, int]:
        """The line of every key of the top level."""
        return {str(key.value): _line(key) for key, _ in reversed(self.root.value)} if self.root else {}


def _line(node: yaml.Node) -> int:
    """The line of a node in its file, where a fence stands above it."""
    return int(node.start_mark.line) + 2


def _find_lines(node: yaml.Node, at: Path) -> Iterator[tuple[Path, int]]:
    yield at, _line(node)
    if isinstance(node, yaml.SequenceNode):
        for i, item in enumerate(node.value):
            yield from _find_lines(item, (*at, i))
    elif isinstance(node, yaml.MappingNode):
        for key, value in reversed(node.value):  # of keys that stand twice the first counts
            if not isinstance(key, yaml.ScalarNode):
                continue
            below = (*at, str(key.value))
            yield from _find_lines(value, below)
            if not isinstance(value, yaml.ScalarNode):
                yield below, _line(key)


def split_front_matter(text: str, path: str) -> tuple[FrontMatter | None, list[Fault]]:
    """The front matter and the body of a file, or its faults (Y201 to Y205, F106).

    ``text`` has ``\\n`` line ends. The front matter is None where it cannot be read at all.
    """
    first = text.partition("\n")[0]
    if not _FENCE.fullmatch(first):
        return None, [Fault(path, 1, "Y201", "no front matter", "begin the file with a line of three hyphens: ---")]
    end = _END.search(text, len(first))
    if end is None:
        return None, [Fault(path, 1, "Y201", "the front matter never ends", "close it with a second line of three hyphens: ---")]
    head = text[len(first) + 1 : end.start()]
    fault = _check_size(head, path)
    if fault:
        return None, [fault]
    reading = _Reading(path)
    data = reading.read(head + "\n")
    if data is None:
        return None, reading.faults
    body_at = _skip_blank_lines(text, end.end())
    body_line = text.count("\n", 0, body_at) + (1 if text[body_at - 1] == "\n" else 2)
    return FrontMatter(data, text[body_at:], body_line, reading.root), reading.faults


def find_body(text: str) -> int:
    """Where the body of a file begins; 0 where it has no front matter."""
    first = text.partition("\n")[0]
    end = _END.search(text, len(first)) if _FENCE.fullmatch(first) else None
    return _skip_blank_lines(text, end.end()) if end else 0


def _skip_blank_lines(text: str, at: int) -> int:
    line_end = text.find("\n", at)
    while line_end >= 0 and not text[at:line_end].strip():
        at = line_end + 1
        line_end = text.find("\n", at)
    return at


def _check_size(head: str, path: str) -> Fault | None:
    size = len(head.encode("utf-8", "surrogatepass"))
    if size > LARGEST:
        return Fault(path, 1, "Y205", f"the front matter has {size:,} bytes", f"keep it under {LARGEST:,}")
    if head.count("[") + head.count("{") > _MOST_OPENERS:
        at = next(_OPENERS.finditer(head)).start()
        return Fault(path, head.count("\n", 0, at) + 2, "Y205", "too many opening brackets", "write plain values and flat lists")
    return None


class _Loader(CParser):
    """Nodes without tags: every scalar is text here, so nothing is to be resolved, and nothing to keep track of.

    The three are called for each node, and what they return is asked by nobody: built-in functions, which are called as
    they stand and take a fraction of the time.
    """

    descend_resolver = operator.is_  # of (parent, index)
    ascend_resolver = bool
    resolve = "tag".format  # of (kind, value, implicit)


def _take_plain(root: yaml.MappingNode) -> dict[str, Any] | None:
    """What nearly every front matter is, without a look at each node: texts, lists of texts, lists of mappings to texts.

    None where there is anything else, a key that stands twice or a great many nodes: ``_Reading`` walks over those.
    """
    found: dict[str, Any] = {}
    nodes = len(root.value)
    for key, value in root.value:
        kind = type(value)
        if type(key) is not yaml.ScalarNode:
            return None
        if kind is yaml.ScalarNode:
            found[key.value] = value.value
        elif kind is yaml.SequenceNode:
            nodes += len(value.value)
            items: list[Any] = []
            for item in value.value:
                if type(item) is yaml.ScalarNode:
                    items.append(item.value)
                    continue
                if type(item) is not yaml.MappingNode:
                    return None
                nodes += len(item.value)
                entry = {k.value: v.value for k, v in item.value if type(k) is type(v) is yaml.ScalarNode}
                if len(entry) < len(item.value):
                    return None
                items.append(entry)
            found[key.value] = items
        else:
            return None
    return found if len(found) == len(root.value) and nodes < MOST_NODES else None


class _Reading:
    """One walk over the nodes of one front matter."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.faults: list[Fault] = []
        self.root: yaml.MappingNode | None = None
        self._nodes = 0
        self._may_escape = False

    def read(self, head: str) -> dict[str, Any] | None:
        self._may_escape = "\\" in head
        has_features = any(sign in head for sign in _FEATURE_SIGNS) and _FEATURES.search(head)
        fault = self._scan(head) if has_features else None
        if fault:
            self.faults.append(fault)
            return None
        try:
            root = _Loader(head).get_single_node()
        except yaml.YAMLError as error:
            self.faults.append(self._unreadable(error))
            return None
        if root is None:
            self.faults.append(Fault(self.path, 1, "Y201", "the front matter is empty", "`digest new` writes one to fill in"))
            return None
        if not isinstance(root, yaml.MappingNode):
            self.faults.append(Fault(self.path, 2, "Y202", "the front matter is no list of `key: value` lines", "write one key a line"))
            return None
        self.root = root
        plain = None if self._may_escape else _take_plain(root)
        if plain is not None:
            return plain
        value = self._walk(root, 0)
        if any(f.code == "Y205" for f in self.faults):
            return None
        return value if isinstance(value, dict) else None

    def _scan(self, head: str) -> Fault | None:
        """Features of YAML that are refused before anything is built from them."""
        try:
            for event in yaml.parse(head, Loader=yaml.CBaseLoader):
                line = event.start_mark.line + 2 if event.start_mark else 1
                if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                    return Fault(self.path, line, "Y204", "an anchor or alias (& or *)", "write the value out, or put it in quotes")
                if getattr(event, "tag", None):
                    return Fault(self.path, line, "Y204", "a YAML tag (!)", "take it out, or put the value in quotes")
                if isinstance(event, yaml.DocumentEndEvent) and event.explicit:
                    return Fault(self.path, line, "Y204", "a second document", "keep one front matter")
        except yaml.YAMLError as error:
            return self._unreadable(error)
        return None

    def _unreadable(self, error: yaml.YAMLError) -> Fault:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        problem = getattr(error, "problem", None) or "not YAML"
        what = next((words for start, words in _PROBLEMS if problem.startswith(start)), problem)
        line = mark.line + 2 if mark else 1
        hint = "indent with spaces, and put a value that holds `: ` or begins with a quotation mark or bracket in quotes"
        return Fault(self.path, line, "Y202", f"cannot be read: {what}", hint)

    def _walk(self, node: yaml.Node, depth: int) -> Node | None:
        self._nodes += 1
        if depth > DEEPEST or self._nodes > MOST_NODES:
            if not any(f.code == "Y205" for f in self.faults):
                self.faults.append(
                    Fault(self.path, _line(node), "Y205", "nested too deep or too long", "write plain values and flat lists")
                )
            return None
        if isinstance(node, yaml.ScalarNode):
            return self._text(node)
        if isinstance(node, yaml.MappingNode):
            return self._walk_mapping(node, depth)
        values = [self._walk(item, depth + 1) for item in node.value]
        return [v for v in values if v is not None]

    def _text(self, node: yaml.ScalarNode) -> str:
        """What a YAML escape (`"\\e"`) stands for is held to the rules of what is written out."""
        text = str(node.value)
        for _, name in find_forbidden(text) if self._may_escape else ():
            self.faults.append(Fault(self.path, _line(node), "F106", f"{name}, written as an escape", "take it out"))
            break
        return text

    def _walk_mapping(self, node: yaml.MappingNode, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.faults.append(Fault(self.path, _line(key_node), "Y202", "a key that is no plain word", "write `key: value`"))
                continue
            key = self._text(key_node)
            if key in found:
                self.faults.append(Fault(self.path, _line(key_node), "Y203", f"the key `{key}` stands twice", "keep one of them"))
                continue
            value = self._walk(value_node, depth + 1)
            if value is not None:
                found[key] = value
        return found
