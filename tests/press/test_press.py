"""The press writes what changed, deletes what vanished, and leaves the bytes of a clean build whatever came before."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugins.press.files import Folder
from plugins.press.output import BadPathError, Batch, ClaimError, Group, Output, Sheet, key_of
from plugins.press.press import MARK, ForeignFolderError, Press, Report
from plugins.press.state import JOURNAL, PAGE, State

Content = dict[str, dict[str, str]]  # sheet -> path -> text


class Crash(Exception):
    """A build that ends in the middle."""


def sheets(content: Content, rendered: list[str] | None = None, crash_at: int = -1) -> Iterator[Sheet]:
    """Sheets that show the texts; the render function notes its path, and may crash."""
    log: list[str] = [] if rendered is None else rendered

    def render(path: str, text: str) -> bytes:
        if len(log) == crash_at:
            raise Crash
        log.append(path)
        return text.encode()

    for name, files in sorted(content.items()):
        yield Sheet(
            name,
            key_of(*(f"{p}={t}" for p, t in sorted(files.items()))),
            lambda files=files: [Output(p, key_of(t), lambda p=p, t=t: render(p, t)) for p, t in sorted(files.items())],
        )


def build(root: Path, content: Content, edition: bytes = b"", rendered: list[str] | None = None, crash_at: int = -1) -> Report:
    """One build into ``root/out`` with the state in ``root/cache``."""
    state = State(root / "cache")
    try:
        return Press(root / "out", state, edition).run(sheets(content, rendered, crash_at))
    finally:
        state.close()


def tree(root: Path) -> dict[str, bytes]:
    """The files of the output folder."""
    return {f.relative_to(root / "out").as_posix(): f.read_bytes() for f in sorted((root / "out").rglob("*")) if f.is_file()}


ONE: Content = {"a": {"a/index.html": "A", "a/feed.xml": "FA"}, "b": {"b/index.html": "B"}}


def test_unchanged_outputs_are_neither_rendered_nor_written(tmp_path: Path) -> None:
    """Equal key: no work, and the file keeps its time stamp."""
    build(tmp_path, ONE)
    before = (tmp_path / "out/a/index.html").stat().st_mtime_ns
    rendered: list[str] = []
    report = build(tmp_path, ONE, rendered=rendered)
    assert rendered == []
    assert (report.written, report.deleted, report.unchanged) == (0, 0, 3)
    assert (tmp_path / "out/a/index.html").stat().st_mtime_ns == before


def test_only_the_changed_output_of_a_sheet_is_rendered(tmp_path: Path) -> None:
    """Keys are per output: a changed page does not render the feed beside it."""
    build(tmp_path, ONE)
    rendered: list[str] = []
    build(tmp_path, {**ONE, "a": {**ONE["a"], "a/index.html": "A2"}}, rendered=rendered)
    assert rendered == ["a/index.html"]
    assert (tmp_path / "out/a/index.html").read_text() == "A2"


def test_vanished_outputs_are_deleted_with_their_folders(tmp_path: Path) -> None:
    """What no sheet claims any more is gone."""
    build(tmp_path, ONE)
    report = build(tmp_path, {"a": ONE["a"]})
    assert report.deleted == 1
    assert not (tmp_path / "out/b").exists()


@pytest.mark.parametrize("harm", ["missing", "shorter"])
def test_missing_and_cut_outputs_are_restored(tmp_path: Path, harm: str) -> None:
    """The file must still be there with its size."""
    build(tmp_path, ONE)
    file = tmp_path / "out/b/index.html"
    file.unlink() if harm == "missing" else file.write_text("")
    build(tmp_path, ONE)
    assert file.read_text() == "B"


def test_another_edition_makes_everything_again(tmp_path: Path) -> None:
    """Code, templates and settings are part of every key; equal bytes are not written again all the same."""
    build(tmp_path, ONE, b"1")
    rendered: list[str] = []
    report = build(tmp_path, ONE, b"2", rendered)
    assert len(rendered) == 3
    assert (report.written, report.unchanged) == (0, 3)


def test_two_claims_to_one_path_name_both(tmp_path: Path) -> None:
    """No two outputs may have one path."""
    with pytest.raises(ClaimError, match=r"same\.html.*a.*b"):
        build(tmp_path, {"a": {"same.html": "1"}, "b": {"same.html": "2"}})


@pytest.mark.parametrize("path", ["../x.html", "/x.html", "a/../../x", "a//b", ".hidden/../x", "a\\b", "a b", ""])
def test_paths_cannot_leave_the_folder(tmp_path: Path, path: str) -> None:
    """Only plain names below the output folder."""
    with pytest.raises(BadPathError):
        build(tmp_path, {"a": {path: "x"}})
    assert not (tmp_path / "x.html").exists()


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    """A folder with files that no build wrote is refused before anything is written or deleted."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out/thesis.txt").write_text("mine")
    with pytest.raises(ForeignFolderError):
        build(tmp_path, ONE)
    assert list((tmp_path / "out").iterdir()) == [tmp_path / "out/thesis.txt"]


def test_the_search_index_is_left_alone(tmp_path: Path) -> None:
    """pagefind writes its own folder."""
    build(tmp_path, ONE)
    (tmp_path / "out/pagefind").mkdir()
    (tmp_path / "out/pagefind/index.js").write_text("x")
    shutil.rmtree(tmp_path / "cache")
    build(tmp_path, ONE)
    assert (tmp_path / "out/pagefind/index.js").exists()


@pytest.mark.parametrize("harm", ["lost", "cut", "flipped", "decayed", "other version", "text", "no seal"])
def test_damaged_state_is_made_anew(tmp_path: Path, harm: str) -> None:
    """State is never trusted: the next build gives the bytes of a clean one, stale files included."""
    build(tmp_path, {**ONE, "old": {"old.html": "gone soon"}})
    file = tmp_path / "cache/state.sqlite"
    raw = bytearray(file.read_bytes())
    if harm == "lost":
        file.unlink()
    elif harm == "cut":
        file.write_bytes(raw[: len(raw) // 2])
    elif harm == "flipped":
        for at in range(0, len(raw), 97):
            raw[at] ^= 0xFF
        file.write_bytes(raw)
    elif harm == "decayed":  # one bit, and the time stamp is as it was
        info = file.stat()
        raw[raw.index(b"old.html")] ^= 1
        file.write_bytes(raw)
        os.utime(file, ns=(info.st_atime_ns, info.st_mtime_ns))
    elif harm == "no seal":
        (tmp_path / "cache/seal").unlink()
    elif harm == "text":
        file.write_text("not a database")
    else:
        state = State(tmp_path / "cache")
        state.set("version", "0")
        state.commit()
        state.close()
    rendered: list[str] = []
    build(tmp_path, ONE, rendered=rendered)
    assert len(rendered) == 3, "nothing of the state was used"
    build(tmp_path / "clean", ONE)
    assert tree(tmp_path) == tree(tmp_path / "clean")


def test_a_link_in_the_output_folder_is_not_followed(tmp_path: Path) -> None:
    """Writing replaces a link; it never writes through it."""
    build(tmp_path, ONE)
    secret = tmp_path / "secret"
    secret.write_text("keep")
    target = tmp_path / "out/b/index.html"
    target.unlink()
    target.symlink_to(secret)
    build(tmp_path, ONE)
    assert secret.read_text() == "keep"
    assert target.read_text() == "B"


def test_a_file_where_a_folder_is_needed_gives_way(tmp_path: Path) -> None:
    """An address may turn from a file into a folder."""
    folder = Folder(tmp_path)
    folder.write("a", b"file")
    folder.write("a/b", b"below")
    assert (tmp_path / "a/b").read_bytes() == b"below"


names = st.sampled_from(["a", "b", "c", "d"])
paths = st.sampled_from(["index.html", "x/index.html", "x/feed.xml", "y/z/one.html", "two.html"])
contents = st.dictionaries(names, st.dictionaries(paths, st.sampled_from(["", "1", "22", "33"]), max_size=4), max_size=4)


def apart(content: Content) -> Content:
    """Each sheet in a folder of its own, so that none claims the path of another."""
    return {name: {f"{name}/{path}": text for path, text in files.items()} for name, files in content.items()}


steps = st.lists(
    st.tuples(contents, st.sampled_from([b"1", b"2"]), st.integers(-1, 6), st.sampled_from(["", "lost state", "lost file"])),
    min_size=1,
    max_size=6,
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=steps, waiting=st.integers(0, 3), few=st.sampled_from([0, 2_000]))
def test_any_history_ends_in_the_bytes_of_a_clean_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: list[tuple[Content, bytes, int, str]], waiting: int, few: int
) -> None:
    """Edits, additions, deletions, other editions, crashes, lost state and lost files, in any order: incremental equals clean."""
    monkeypatch.setattr("plugins.press.printing.WAITING", waiting)  # so few bytes that some outputs are written before a crash
    monkeypatch.setattr("plugins.press.looking.FEW", few)  # with none, folders answer for their files as in a large site
    monkeypatch.setattr("plugins.press.looking.GRAIN", 0)
    root = tmp_path / "history"
    shutil.rmtree(root, ignore_errors=True)
    for content, edition, crash_at, harm in steps:
        if harm == "lost state":
            shutil.rmtree(root / "cache", ignore_errors=True)
        elif harm == "lost file":
            for file in sorted((root / "out").rglob("*.html"))[:1]:
                time.sleep(0.005)  # longer than the tick of the file system's clock
                file.unlink()
        try:
            build(root, apart(content), edition, crash_at=crash_at)
        except Crash:
            assert crash_at >= 0
    content, edition = steps[-1][0], steps[-1][1]
    build(root, apart(content), edition)
    clean = tmp_path / "clean"
    shutil.rmtree(clean, ignore_errors=True)
    build(clean, apart(content), edition)
    assert tree(root) == tree(clean)
    assert not (root / "cache" / JOURNAL).exists()


def batches(content: Content, keys: dict[str, bytes], asked: list[str]) -> Iterator[Batch]:
    """A batch for each top letter of the sheets' names; it notes that it is asked."""
    for letter in sorted({name[0] for name in content} | keys.keys()):
        own = {name: files for name, files in content.items() if name[0] == letter}

        def ask(own: Content = own, letter: str = letter) -> Iterator[Sheet]:
            asked.append(letter)
            return sheets(own)

        yield Batch(letter, keys.get(letter, b""), ask)


def build_batches(root: Path, content: Content, keys: dict[str, bytes], cache: str = "cache") -> tuple[Report, list[str]]:
    """One build of batches, and those that were asked."""
    state, asked = State(root / cache), []  # type: ignore[var-annotated]
    try:
        return Press(root / "out", state, b"").run(batches(content, keys, asked)), asked
    finally:
        state.close()


def test_a_batch_of_equal_key_is_not_asked(tmp_path: Path) -> None:
    """Its outputs stay as they are; one without a key is always asked, one with another key once."""
    content: Content = {"a1": {"a1.html": "A"}, "a2": {"a2.html": "A2"}, "b1": {"b1.html": "B"}}
    build_batches(tmp_path, content, {"a": b"1"})
    report, asked = build_batches(tmp_path, content, {"a": b"1"})
    assert (asked, report.unchanged, report.written, report.deleted) == (["b"], 3, 0, 0)
    del content["a2"]
    report, asked = build_batches(tmp_path, content, {"a": b"2"})
    assert (asked, report.unchanged, report.deleted) == (["a", "b"], 2, 1)
    assert build_batches(tmp_path, content, {"a": b"2"})[1] == ["b"]


def test_a_batch_of_equal_key_is_asked_where_something_is_missing(tmp_path: Path) -> None:
    """An output that is gone, and a folder that the state does not speak of."""
    content: Content = {"a1": {"a1.html": "A"}, "b1": {"b1.html": "B"}}
    keys = {"a": b"1", "b": b"1"}
    build_batches(tmp_path, content, keys)
    (tmp_path / "out/a1.html").unlink()
    assert build_batches(tmp_path, content, keys)[1] == ["a"]
    (tmp_path / "out").rename(tmp_path / "other")
    assert build_batches(tmp_path, content, keys)[1] == ["a", "b"]
    shutil.copytree(tmp_path / "cache", tmp_path / "away/cache")
    assert build_batches(tmp_path / "away", content, keys)[1] == ["a", "b"]
    assert tree(tmp_path / "away").keys() == tree(tmp_path).keys()


def test_a_claim_to_the_path_of_a_batch_that_was_not_asked(tmp_path: Path) -> None:
    """Names both, as between sheets; a second sheet or batch of one name is refused too."""
    content: Content = {"a1": {"a1.html": "A"}}
    build_batches(tmp_path, content, {"a": b"1"})
    with contextlib.closing(State(tmp_path / "cache")) as state, pytest.raises(ClaimError, match=r"a1\.html.*a1.*a1"):
        Press(tmp_path / "out", state, b"").run([Batch("a", b"1", list), *sheets(content)])
    with contextlib.closing(State(tmp_path / "cache")) as state, pytest.raises(ClaimError, match="two sheets"):
        Press(tmp_path / "out", state, b"").run([Batch("a", b"2", lambda: sheets(content)), *sheets(content)])
    with contextlib.closing(State(tmp_path / "cache")) as state, pytest.raises(ClaimError, match="two batches"):
        Press(tmp_path / "out", state, b"").run([Batch("a", b"2", list), Batch("a", b"2", list)])
    with pytest.raises(ClaimError, match=r"a1\.html.*a1.*b1"):
        build_batches(tmp_path, {**content, "b1": {"a1.html": "B"}}, {"a": b"1"})


def test_texts_that_are_lost_or_damaged_are_not_found(tmp_path: Path) -> None:
    """Each has a checksum of its own; what cannot be read at all is not there, and nothing of such a state is used again."""
    state = State(tmp_path / "cache")
    state.put_texts([("one", b"1" * 99), ("two", b"2" * 99)])
    state.commit()
    state.close()
    file = tmp_path / "cache/texts.sqlite"
    raw, info = bytearray(file.read_bytes()), file.stat()
    raw[raw.index(b"1" * 99)] ^= 1
    file.write_bytes(raw)
    os.utime(file, ns=(info.st_atime_ns, info.st_mtime_ns))
    state = State(tmp_path / "cache")
    assert state.texts(["one", "two", "three"]) == {"two": b"2" * 99}
    state.close()
    with contextlib.closing(State(tmp_path / "cache")) as state:
        state.put_texts([(f"text {n}", b"3" * 999) for n in range(2_000)])
        state.commit()
    raw, info = bytearray(file.read_bytes()), file.stat()
    file.write_bytes(raw[: 2 * PAGE] + b"\xff" * (len(raw) - 2 * PAGE))  # all pages but the first two
    os.utime(file, ns=(info.st_atime_ns, info.st_mtime_ns))
    with contextlib.closing(State(tmp_path / "cache")) as state:
        assert not state.is_new
        assert state.texts(["text 7"]) == {}
        state.put_texts([("text 8", b"4")])
        state.commit()
    with contextlib.closing(State(tmp_path / "cache")) as state:
        assert state.is_new


def big(count: int) -> Content:
    """Many sheets, each with two outputs."""
    return {f"s{n}": {f"s{n}/a.html": f"A{n}", f"s{n}/b.html": f"B{n}" * 3} for n in range(count)}


def test_two_processes_give_what_one_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files, state and figures are the same; the next build finds nothing to do."""
    build(tmp_path / "one", big(400))
    monkeypatch.setattr("plugins.press.printing.MANY", 50)
    report = build(tmp_path / "two", big(400))
    assert report.written == report.rendered == 800
    assert tree(tmp_path / "one") == tree(tmp_path / "two")
    again = build(tmp_path / "two", big(400))
    assert (again.written, again.deleted, again.unchanged, again.rendered) == (0, 0, 800, 0)


def test_sheets_that_share_little_are_left_for_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever they stand; what is made is the same."""
    monkeypatch.setattr("plugins.press.printing.MANY", 50)
    monkeypatch.setattr("plugins.press.printing.BLOCK", 10)
    own: list[str] = []
    content = big(100)
    left = {f"t{name}": {f"t{path}": text for path, text in files.items()} for name, files in content.items()}

    def run(root: Path) -> None:
        alone = Batch("alone", b"", lambda: sheets(left, own), shares_little=True)
        with contextlib.closing(State(root / "cache")) as state:
            assert Press(root / "out", state, b"").run([alone, *sheets(content, own)]).written == 400

    run(tmp_path / "two")
    assert own == sorted(own, key=lambda name: name.startswith("t"))  # those that this process made
    monkeypatch.setattr("plugins.press.printing.MANY", 5_000)
    run(tmp_path / "one")
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_another_process_is_sooner_to_make_way_for_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of an earlier edition stands there, and is gone when this process takes it away."""
    (tmp_path / "a").write_bytes(b"a file")
    unlink = os.unlink

    def unlink_late(path: str) -> None:
        unlink(path)
        unlink(path)

    monkeypatch.setattr("plugins.press.files.os.unlink", unlink_late)
    Folder(tmp_path).write("a/b/index.html", b"b")
    assert (tmp_path / "a/b/index.html").read_bytes() == b"b"


def test_a_crash_in_either_process_is_told_and_repaired(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception of a render function reaches the caller, wherever it was raised; the next build is whole."""
    monkeypatch.setattr("plugins.press.printing.MANY", 50)
    for crash_at in (0, 30, 150):
        with pytest.raises(Crash):
            build(tmp_path, big(400), crash_at=crash_at)
    build(tmp_path, big(400))
    build(tmp_path / "clean", big(400))
    assert tree(tmp_path) == tree(tmp_path / "clean")


def test_two_processes_see_two_claims_to_one_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path that both claim is an error that names both."""
    monkeypatch.setattr("plugins.press.printing.MANY", 50)
    content = big(400) | {"zz": {"s0/a.html": "again"}}
    with pytest.raises(ClaimError, match=r"s0/a\.html"):
        build(tmp_path, content)


# Groups


def groups(content: Content, asked: list[str], rendered: list[str] | None = None, crash_at: int = -1) -> Iterator[Group]:
    """A group for each top letter of the sheets' names, with a batch for each sheet; it notes that it is asked."""
    for letter in sorted({name[0] for name in content}):
        own = {name: files for name, files in content.items() if name[0] == letter}

        def ask(own: Content = own, letter: str = letter) -> Iterator[Batch]:
            asked.append(letter)
            for name, files in own.items():
                one = {name: files}
                yield Batch(f"{letter} {name}", key_of(repr(one)), lambda one=one: sheets(one, rendered, crash_at))

        yield Group(letter, key_of(repr(own)), ask)


def build_groups(root: Path, content: Content, edition: bytes = b"", crash_at: int = -1) -> tuple[Report, list[str]]:
    """One build of groups, and those that were asked."""
    asked: list[str] = []
    with contextlib.closing(State(root / "cache")) as state:
        return Press(root / "out", state, edition).run(groups(content, asked, [], crash_at)), asked


GROUPED: Content = {"a1": {"a1.html": "A"}, "a2": {"a/2.html": "A2"}, "b1": {"b1.html": "B"}}


def test_a_group_of_equal_key_is_not_asked(tmp_path: Path) -> None:
    """What is in it stays as it is, and counts as it did; one that changed is asked, and its batches decide for themselves."""
    build_groups(tmp_path, GROUPED)
    report, asked = build_groups(tmp_path, GROUPED)
    assert (asked, report.unchanged, report.written, report.deleted) == ([], 3, 0, 0)
    report, asked = build_groups(tmp_path, {**GROUPED, "a2": {"a/2.html": "A3"}})
    assert (asked, report.unchanged, report.written) == (["a"], 2, 1)
    report, asked = build_groups(tmp_path, {"a1": GROUPED["a1"], "b1": GROUPED["b1"]})
    assert (asked, report.unchanged, report.deleted) == (["a"], 2, 1)
    report, asked = build_groups(tmp_path, {"a1": GROUPED["a1"]})
    assert (asked, report.unchanged, report.deleted) == ([], 1, 1)
    assert tree(tmp_path).keys() == {"a1.html", MARK}


def test_a_group_is_asked_where_something_is_missing(tmp_path: Path) -> None:
    """An output that is gone, another edition, another folder."""
    build_groups(tmp_path, GROUPED)
    (tmp_path / "out/a/2.html").unlink()
    assert build_groups(tmp_path, GROUPED)[1] == ["a"]
    assert build_groups(tmp_path, GROUPED, b"another")[1] == ["a", "b"]
    (tmp_path / "out").rename(tmp_path / "other")
    assert build_groups(tmp_path, GROUPED, b"another")[1] == ["a", "b"]
    assert tree(tmp_path)["a/2.html"] == b"A2"


@pytest.mark.parametrize("seed", range(8))
def test_groups_end_as_a_clean_build(tmp_path: Path, seed: int) -> None:
    """After sheets that came, changed and went, outputs that somebody deleted, and builds that broke off."""
    rng, content = random.Random(seed), dict(GROUPED)
    for step in range(30):
        name = rng.choice("abc") + rng.choice("123")
        if rng.random() < 0.3:
            content.pop(name, None)
        else:
            content[name] = {f"{name[0]}/{name}{end}": rng.choice("xyz") for end in rng.sample([".html", ".xml", "/index.html"], 2)}
        files = [file for file in (tmp_path / "out").rglob("*.html") if file.is_file()]
        if files and rng.random() < 0.3:
            rng.choice(files).unlink()
        with contextlib.suppress(Crash):
            build_groups(tmp_path, content, rng.choice([b"", b"", b"other"]), crash_at=rng.choice([-1, -1, 0, 1]))
        build_groups(tmp_path, content)
        assert tree(tmp_path).keys() == {MARK, *(path for own in content.values() for path in own)}, step
        assert all(tree(tmp_path)[path] == text.encode() for own in content.values() for path, text in own.items())
