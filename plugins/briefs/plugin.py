"""Glue with the host, Pelican or the program: reads the briefs into an edition, and runs the press once every plugin has contributed."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment

    from plugins.briefs.run import Run

log = logging.getLogger(__name__)
PLAIN = "BUILT_WITHOUT_PELICAN"  # a setting that says so


def open_run(settings: Mapping[str, Any], environment: Environment, contributors: Iterable[Any]) -> Run:
    """Reads content into an edition, to which each of the plugins contributes. Raises MissingPluginError, and what reading raises.

    What it needs is imported here and not above: `digest check` reads the shelf beside this file without templates.
    """
    from plugins.briefs.assets import make_assets
    from plugins.briefs.pages import make_batches
    from plugins.briefs.run import Run, RunSettings, read_site

    run = Run(
        RunSettings(
            content=Path(settings["PATH"]),
            output=Path(settings["OUTPUT_PATH"]),
            cache=Path(settings["CACHE_PATH"]),
            theme=Path(settings["THEME"]),
            project=Path(settings.get("PROJECT_ROOT") or Path.cwd()),
            drafts=bool(settings.get("SHOW_DRAFTS")),
            listed=settings.get("LISTED"),
            listed_at=settings.get("LISTED_AT", 0.0),
            memory=settings.get("MEMORY"),
            is_plain=bool(settings.get(PLAIN)),
        ),
        read_site(settings, os.environ),
        environment,
    )
    edition = run.open()
    try:
        if "brief.html" in edition.templates.names:
            edition.add_batches(make_batches)
        elif not any(str(name).endswith("compat") for name in settings["PLUGINS"]):  # which writes the pages of stock themes
            raise MissingPluginError("the theme has no template brief.html; nothing was built")
        edition.add(lambda edition: make_assets(Path(settings["THEME"])))
        for plugin in contributors:
            plugin.contribute(edition)
    except BaseException:
        run.close()  # the next build of this process must not wait for it
        raise
    return run


def publish_run(run: Run) -> int:
    """Runs the press, and reports; how many files were refused."""
    from plugins.briefs.run import describe_stock

    report = run.publish()
    refused, memory = len(run.stock.refused), run.settings.memory
    if memory and memory.is_second_look and not report.written and not report.deleted:
        return refused  # all of it has been told
    for fault in run.stock.faults:
        log.warning("%s", fault, extra={"limit_msg": None})
    closing = describe_stock(run, report)
    if refused:
        log.error("%s", f"{closing}; {refused} {'file' if refused == 1 else 'files'} refused")
    else:
        log.info("%s", closing)
    return refused


@cache
def define_generator() -> type[Any]:
    """Our generator for Pelican, which is imported here and not above: the program builds without it where it can."""
    from pelican.generators import Generator

    class BriefsGenerator(Generator):  # type: ignore[misc]
        """Puts the edition into the context, and publishes it when all generators are ready."""

        def generate_context(self) -> None:
            """Reads content; ``context["edition"]`` is what other plugins register with."""
            self.run = open_run(self.settings, self.env, self.settings["CONTRIBUTORS"])
            self.context["edition"] = self.run.edition

        def generate_output(self, writer: object) -> None:
            """Runs the press, and reports. Raises SystemExit(1) where briefs were refused, but not while serving."""
            refused = publish_run(self.run)
            if refused:
                self.context["refused"] = refused
                if not self.settings.get("SERVING") and not is_watching(sys.argv):
                    raise SystemExit(1)

    return BriefsGenerator


class MissingPluginError(Exception):
    """A plugin of the settings could not be loaded. Pelican alone would go on without it, and delete what it published."""

    exitcode = 2


def check_plugins(pelican: Any) -> None:
    """Notes the plugins that contribute to an edition.

    Raises MissingPluginError where Pelican loaded fewer plugins than the settings name: its own PLUGINS are then those loaded.
    """
    pelican.settings["CONTRIBUTORS"] = [p for p in pelican.plugins if hasattr(p, "contribute")]
    loaded = {getattr(p, "__name__", "") for p in pelican.plugins}
    for name in pelican.settings.get("REQUIRED_PLUGINS") or ():
        if isinstance(name, str) and not any(n == name or n.endswith(f".{name}") for n in loaded):
            raise MissingPluginError(f"the plugin {name} could not be loaded; nothing was built")


def is_watching(argv: Sequence[str]) -> bool:
    """Whether this process is ``pelican --autoreload``, which goes on after a refusal. Its settings do not say so."""
    if "pelican" not in Path(argv[0] if argv else "").parts[-1:] and "pelican" not in Path(argv[0] if argv else "").parent.name:
        return False
    return any(w == "--autoreload" or (w.startswith("-") and not w.startswith("--") and "r" in w) for w in argv[1:])


def get_generators(pelican: object) -> Sequence[type[Any]]:
    """Our generator."""
    return (define_generator(),)


def register() -> None:
    """Connects the plugin."""
    from pelican import signals

    signals.initialized.connect(check_plugins)
    signals.get_generators.connect(get_generators)
