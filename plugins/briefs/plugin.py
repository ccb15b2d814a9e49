"""Glue with Pelican: reads the briefs into an edition, and runs the press once every plugin has registered."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)


@cache
def define_generator() -> type[Any]:
    """Our generator. Pelican is imported here and not above, so that `digest check` reads the shelf beside this file without it."""
    from pelican.generators import Generator

    from plugins.briefs.assets import make_assets
    from plugins.briefs.pages import make_batches
    from plugins.briefs.run import Run, RunSettings, describe_stock, read_site

    class BriefsGenerator(Generator):  # type: ignore[misc]
        """Puts the edition into the context, and publishes it when all generators are ready."""

        def generate_context(self) -> None:
            """Reads content; ``context["edition"]`` is what other plugins register with."""
            settings = self.settings
            self.run = Run(
                RunSettings(
                    content=Path(self.path),
                    output=Path(self.output_path),
                    cache=Path(settings["CACHE_PATH"]),
                    theme=Path(self.theme),
                    project=Path(settings.get("PROJECT_ROOT") or Path.cwd()),
                    drafts=bool(settings.get("SHOW_DRAFTS")),
                    listed=settings.get("LISTED"),
                    listed_at=settings.get("LISTED_AT", 0.0),
                    memory=settings.get("MEMORY"),
                ),
                read_site(settings, os.environ),
                self.env,
            )
            self.edition = self.run.open()
            if "brief.html" in self.env.list_templates():
                self.edition.add_batches(make_batches)
            elif not any(str(name).endswith("compat") for name in settings["PLUGINS"]):  # which writes the pages of stock themes
                raise MissingPluginError("the theme has no template brief.html; nothing was built")
            self.edition.add(lambda edition: make_assets(Path(self.theme)))
            self.context["edition"] = self.edition

        def generate_output(self, writer: object) -> None:
            """Runs the press, and reports. Raises SystemExit(1) where briefs were refused, but not while serving."""
            report = self.run.publish()
            memory = self.run.settings.memory
            if memory and memory.is_second_look and not report.written and not report.deleted:
                return  # all of it has been told
            for fault in self.run.stock.faults:
                log.warning("%s", fault, extra={"limit_msg": None})
            closing = describe_stock(self.run, report)
            refused = len(self.run.stock.refused)
            if refused:
                closing += f"; {refused} {'file' if refused == 1 else 'files'} refused"
                log.error("%s", closing)
                self.context["refused"] = refused
                if not self.settings.get("SERVING") and not is_watching(sys.argv):
                    raise SystemExit(1)
            else:
                log.info("%s", closing)

    return BriefsGenerator


class MissingPluginError(Exception):
    """A plugin of the settings could not be loaded. Pelican alone would go on without it, and delete what it published."""

    exitcode = 2


def check_plugins(pelican: Any) -> None:
    """Raises MissingPluginError where Pelican loaded fewer plugins than the settings name: its own PLUGINS are then those loaded."""
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
