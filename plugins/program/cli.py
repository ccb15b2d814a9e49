"""The program ``digest``: finds the command, and turns failures into one clear line and an exit status.

0 done, 1 the content (or the page to draft from) has faults, 2 wrong use or a failure of the program.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import importlib
import os
import signal
import sys
from collections.abc import Sequence

from plugins.domain.faults import printable
from plugins.program.failure import UseError

COMMANDS = {
    "build": "build the digest into a folder",
    "serve": "serve the digest, rebuilding as files change",
    "check": "check briefs",
    "draft": "draft a brief from an article",
    "new": "write an empty brief",
    "explain": "explain a rule",
    "publish": "make a complete, checked release",
    "bench": "measure this checkout",
    "review": "say what a branch brings",
    "reproduce": "build under varied conditions, and compare",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a command; the exit status. Without words of its own it is the program, and ends the process."""
    try:
        status = _guard(list(sys.argv[1:] if argv is None else argv))
    finally:
        if argv is not None:
            gc.enable()
    if argv is None:
        with contextlib.suppress(OSError):  # nobody reads on
            sys.stdout.flush()
        os._exit(status)  # to take apart what a build holds, value by value, takes longer than many an edit
    return status


def _guard(words: list[str]) -> int:
    """Runs a command; failures become one line and an exit status."""
    debug = "--debug" in words or bool(os.environ.get("DIGEST_DEBUG"))
    words = [w for w in words if w != "--debug"]
    with contextlib.suppress(ValueError):  # not in the main thread: a test
        signal.signal(signal.SIGTERM, _stop)
    if debug:
        return _run_and_flush(words)
    try:
        return _run_and_flush(words)
    except UseError as error:
        return _fail(str(error))
    except KeyboardInterrupt:
        return _fail("stopped", 130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        return _fail(f"{error.strerror or error}{where}")
    except Exception as error:  # noqa: BLE001 - the last resort: one line, not a traceback
        return _fail(_explain(error))


def _run_and_flush(words: list[str]) -> int:
    """Runs a command; whoever reads what it prints has it all, or is told to be gone."""
    status = _run(words)
    sys.stdout.flush()
    return status


def _explain(error: Exception) -> str:
    """What an exception of a package means here; packages are told by name, so that none is imported for it."""
    package = type(error).__module__.partition(".")[0]
    if package == "sqlite3":
        return f"the state in the cache folder cannot be read or written: {error}"
    if package == "jinja2":
        return f"a template of the theme is broken: {error}"
    return f"a failure of the program: {type(error).__name__}: {error}; run it again with --debug, and report it"


def _stop(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def _fail(message: str, status: int = 2) -> int:
    print(f"digest: {printable(message, limit=600)}", file=sys.stderr)
    return status


def _run(words: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="digest",
        description="Makes a public digest of policy from short briefs.",
        epilog="`digest COMMAND --help` explains a command, with examples. --debug shows tracebacks.",
    )
    parser.add_argument("--version", action="store_true", help="print the version")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    wanted = next((w for w in words if not w.startswith("-")), "")
    module = None
    for name, text in COMMANDS.items():
        if name == wanted:
            module = importlib.import_module(f"plugins.program.{name}_command")
            own = commands.add_parser(
                name,
                help=text,
                description=module.HELP,
                epilog="examples:\n" + "".join(f"  {line}\n" for line in module.EXAMPLES.strip().splitlines()),
                formatter_class=argparse.RawDescriptionHelpFormatter,
            )
            module.add_arguments(own)
        else:
            commands.add_parser(name, help=text)
    arguments = parser.parse_args(words)
    if arguments.version:
        from importlib.metadata import version

        print(version("policy-digest"))
        return 0
    if module is None:
        parser.print_help()
        return 2
    if wanted != "serve":  # the others end soon, and make next to no cycles: looking for them costs more than it frees
        gc.disable()
    return int(module.run(arguments))


if __name__ == "__main__":
    sys.exit(main())
