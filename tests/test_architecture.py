"""The house (DESIGN.md section 5): who may import whom, what a file may hold, and what no file may name."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PLUGINS = ROOT / "plugins"

# What each room may import of the others. A plugin's own room is always allowed.
CARRIERS = {"domain": set(), "press": set(), "edition": {"domain", "press"}, "desk": {"domain"}}
PELICAN_PLUGINS = {"briefs", "indexes", "feeds", "calendars", "opendata", "search", "compat"}
SHARED = {"domain", "press", "edition"}
ROOMS = {**CARRIERS, **dict.fromkeys(PELICAN_PLUGINS, SHARED), "program": {*CARRIERS, *PELICAN_PLUGINS}}

# Modules over 300 lines, each with the reason.
LONG = {
    "domain/rules.py": "a table: one row a rule",
}
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}
LONGEST = 300


def _modules() -> list[Path]:
    return sorted(PLUGINS.rglob("*.py"))


def _room(file: Path) -> str:
    return file.relative_to(PLUGINS).parts[0].removesuffix(".py")


def _imports(file: Path) -> list[tuple[str, bool, int]]:
    """Each imported module, whether the import runs when the file is loaded, and its line. Imports for types only are left out."""
    found: list[tuple[str, bool, int]] = []

    def visit(node: ast.AST, *, inside: bool) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
                for other in child.orelse:
                    visit(other, inside=inside)
                continue
            if isinstance(child, ast.Import):
                found.extend((alias.name, not inside, child.lineno) for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                assert child.level == 0, f"{file}:{child.lineno}: imports are written out"
                found.append((child.module or "", not inside, child.lineno))
                found.extend((f"{child.module}.{alias.name}", not inside, child.lineno) for alias in child.names)
            visit(child, inside=inside or isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)))

    visit(ast.parse(file.read_text("utf-8")), inside=False)
    return found


def test_every_room_is_known() -> None:
    """A new folder gets its line here, in DESIGN.md section 5 and in plugins/README.md."""
    rooms = {f.name for f in PLUGINS.iterdir() if f.is_dir() and f.name != "__pycache__"}
    assert rooms == set(ROOMS)
    readme = (PLUGINS / "README.md").read_text("utf-8")
    assert [room for room in sorted(rooms) if room not in readme] == []


def test_imports_go_one_way() -> None:
    """domain and press know nothing above them; plugins know these and edition; desk knows domain; program sits on top."""
    wrong = []
    for file in _modules():
        room = _room(file)
        allowed = ROOMS.get(room, set()) | {room}
        for name, _, line in _imports(file):
            parts = name.split(".")
            if parts[0] == "plugins" and len(parts) > 1 and parts[1] in ROOMS and parts[1] not in allowed:
                wrong.append(f"{file.relative_to(ROOT)}:{line} imports {name}")
    assert wrong == []


def test_nobody_imports_the_program() -> None:
    """Nor does anything but the program name its modules."""
    assert [f for f in _modules() if _room(f) != "program" and any(n.startswith("plugins.program") for n, _, _ in _imports(f))] == []


def test_only_glue_imports_pelican() -> None:
    """`plugin.py` files do; the program only inside functions, so that a wrong word on the command line answers at once."""
    wrong = []
    for file in _modules():
        for name, at_load, line in _imports(file):
            if name.split(".")[0] != "pelican" or (file.name == "plugin.py" and _room(file) in PELICAN_PLUGINS):
                continue
            if _room(file) != "program" or at_load:
                wrong.append(f"{file.relative_to(ROOT)}:{line}")
    assert wrong == []


def test_domain_needs_no_templates() -> None:
    """No Jinja in domain and press."""
    assert [
        f
        for f in _modules()
        if _room(f) in ("domain", "press")
        for n, _, _ in _imports(f)
        if n.split(".")[0] in ("jinja2", "sqlite3") and _room(f) == "domain"
    ] == []


@pytest.mark.parametrize("plugin", sorted(PELICAN_PLUGINS))
def test_a_plugin_is_a_line_and_its_glue(plugin: str) -> None:
    """`__init__.py` re-exports `register` and, for an edition, `contribute`, and does nothing else."""
    tree = ast.parse((PLUGINS / plugin / "__init__.py").read_text("utf-8"))
    kinds = [type(node) for node in tree.body]
    assert kinds == [ast.Expr, ast.ImportFrom, ast.Assign]
    names = "register" if plugin in ("briefs", "compat") else "contribute, register"
    assert ast.unparse(tree.body[1]) == f"from plugins.{plugin}.plugin import {names}"


def test_only_desk_and_program_print() -> None:
    """Pure modules neither print nor log; glue logs."""
    wrong = []
    for file in _modules():
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "print"
                and _room(file) not in ("desk", "program")
            ):
                wrong.append(f"{file.relative_to(ROOT)}:{node.lineno}")
        if _room(file) not in ("program", "desk") and file.name != "plugin.py" and any(n == "logging" for n, _, _ in _imports(file)):
            wrong.append(f"{file.relative_to(ROOT)} logs")
    assert wrong == []


def test_nothing_is_named_for_having_no_home() -> None:
    """If a function has no home, the missing home has a name."""
    assert [f for f in (*PLUGINS.rglob("*"), *(ROOT / "tests").rglob("*")) if f.stem in FORBIDDEN_NAMES] == []


def test_modules_fit_in_the_head() -> None:
    """At most 300 lines, or a reason above."""
    long = {f.relative_to(PLUGINS).as_posix() for f in _modules() if f.read_text("utf-8").count("\n") > LONGEST}
    assert long <= set(LONG)
    assert all((PLUGINS / name).exists() for name in LONG)


def test_no_clock_in_what_publishes() -> None:
    """The build day comes from one place; everything else is content."""
    clock = re.compile(r"\b(?:datetime\.now|date\.today|time\.time|utcnow|time\.localtime|strftime)\b")
    allowed = {"edition/site.py", "briefs/shelf.py"}  # the build day; how young a file is
    rooms = PELICAN_PLUGINS | SHARED
    found = {f.relative_to(PLUGINS).as_posix() for f in _modules() if _room(f) in rooms and clock.search(f.read_text("utf-8"))}
    assert found <= allowed


def test_what_is_never_done() -> None:
    """No pickle, eval, exec or monkeypatching; no exception is caught without a name but where the line says why, or lets it go on."""
    for file in _modules():
        for name, _, line in _imports(file):
            assert name.split(".")[0] not in ("pickle", "shelve", "marshal"), f"{file}:{line}"
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in ("eval", "exec", "__import__"), f"{file}:{node.lineno}"
            if isinstance(node, ast.ExceptHandler):
                caught = ast.unparse(node.type) if node.type else ""
                broad = caught == "" or caught in ("Exception", "BaseException")
                text = file.read_text("utf-8").splitlines()[node.lineno - 1]
                reraises = any(isinstance(n, ast.Raise) and n.exc is None for n in ast.walk(node))
                assert not broad or "#" in text or reraises, f"{file}:{node.lineno}"


def test_only_the_page_s_own_bodies_are_trusted() -> None:
    """`|safe` in templates stands only on bodies and prose that were sanitised, and on tiles that templates of ours rendered (STYLE.md section 9)."""
    allowed = re.compile(r"^(?:body|prose(?:\.html)?|tiles)$")
    wrong = []
    for file in sorted((ROOT / "theme").rglob("*.html")):
        for found in re.finditer(r"([\w.\[\]]+)\s*\|\s*safe", file.read_text("utf-8")):
            if not allowed.match(found[1]):
                wrong.append(f"{file.name}: {found[0]}")
    assert wrong == []


def _tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("no git checkout")
    return [ROOT / name for name in done.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def test_no_file_needs_what_a_clone_does_not_have() -> None:
    """Folders of one machine, and registries reached past their own clients; the script that makes the locks names its index."""
    words = [
        "/wo" + "rk/",
        "../sha" + "red",
        "/sha" + "red/seed",
        "files.python" + "hosted.org",
        "pypi.o" + "rg/simple",
        "registry.npm" + "js.org",
    ]
    wrong = []
    for file in _tracked():
        text = file.read_bytes().decode("utf-8", "replace")
        name = file.relative_to(ROOT).as_posix()
        wrong += [f"{name} names {word}" for word in words if word in text]
    assert wrong == []


def test_the_program_starts_without_pelican() -> None:
    """`digest --help` and a wrong word load neither Pelican nor the desk's heavy packages."""
    heavy = {"pelican", "jinja2", "trafilatura", "lxml", "pydantic"}
    probe = f"""
import sys
from plugins.program.cli import main
try:
    main(["--help"])
except SystemExit:
    pass
print("loaded", sorted({heavy!r} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "loaded []"
