"""Building without Pelican: what `digest build` does where the settings ask for nothing that only Pelican has.

The bytes are those of a build by Pelican, which reads the same settings and calls the same plugins; tests compare them. To import it
takes longer than many an edit.
"""

from __future__ import annotations

import importlib
import importlib.util
import runpy
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plugins.briefs.plugin import PLAIN, open_run, publish_run

if TYPE_CHECKING:
    from jinja2 import Environment

# What our pelicanconf.py sets. With any other setting, or where one of these names content that Pelican reads, the host is Pelican.
_SETTINGS = frozenset(
    """
    SITENAME TAGLINE SITEURL REPO_URL REPO_BRANCH TAG_AUTHORITY WEBSUB_HUB PROJECT_ROOT PATH OUTPUT_PATH CACHE_PATH THEME PLUGIN_PATHS
    PLUGINS REQUIRED_PLUGINS ARTICLE_PATHS PAGE_PATHS STATIC_PATHS THEME_STATIC_PATHS DIRECT_TEMPLATES IGNORE_FILES
    USE_FOLDER_AS_CATEGORY DELETE_OUTPUT_DIRECTORY CATEGORY_SAVE_AS TAG_SAVE_AS AUTHOR_SAVE_AS CATEGORY_URL TAG_URL AUTHOR_URL
    ARCHIVES_SAVE_AS CATEGORIES_SAVE_AS TAGS_SAVE_AS AUTHORS_SAVE_AS FEED_ALL_ATOM CATEGORY_FEED_ATOM AUTHOR_FEED_ATOM AUTHOR_FEED_RSS
    TRANSLATION_FEED_ATOM DEFAULT_LANG TIMEZONE LOCALE FILENAME_METADATA SLUGIFY_SOURCE TYPOGRIFY CACHE_CONTENT LOAD_CONTENT_CACHE
    JINJA_ENVIRONMENT
    """.split()
)
_EMPTY = ("PLUGIN_PATHS", "ARTICLE_PATHS", "PAGE_PATHS", "STATIC_PATHS", "THEME_STATIC_PATHS", "DIRECT_TEMPLATES")


def read_plainly(file: Path, override: Mapping[str, Any]) -> dict[str, Any] | None:
    """The settings of a project, or None where its host is Pelican. Raises what the file raises."""
    found = {name: value for name, value in runpy.run_path(str(file)).items() if name.isupper()}
    settings = found | dict(override)
    if found.keys() != _SETTINGS or any(settings[name] for name in _EMPTY) or settings["DELETE_OUTPUT_DIRECTORY"]:
        return None
    if not all(map(_contributes, settings["PLUGINS"])) or not Path(settings["THEME"]).is_dir():
        return None
    settings["SITEURL"] = settings["SITEURL"].rstrip("/")
    return settings | {PLAIN: True}


def _contributes(plugin: object) -> bool:
    """Whether a plugin says by itself what it adds to an edition. `briefs` makes the edition."""
    if not isinstance(plugin, str) or not plugin.startswith("plugins."):
        return False
    try:
        return plugin == "plugins.briefs" or hasattr(importlib.import_module(plugin), "contribute")
    except Exception:  # noqa: BLE001 - Pelican says what is wrong with a plugin that cannot be loaded
        return False


def build_plainly(settings: Mapping[str, Any]) -> int:
    """One build; how many files were refused. Raises what a run raises."""
    contributors = [importlib.import_module(name) for name in settings["PLUGINS"] if name != "plugins.briefs"]
    return publish_run(open_run(settings, make_environment(settings), contributors))


def make_environment(settings: Mapping[str, Any]) -> Environment:
    """Jinja as Pelican's generators have it: templates of the theme, else those of Pelican's theme `simple`."""
    from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader

    pelican = importlib.util.find_spec("pelican")
    theme = FileSystemLoader(f"{settings['THEME']}/templates")
    simple = FileSystemLoader([f"{at}/themes/simple/templates" for at in (pelican and pelican.submodule_search_locations) or ()])
    loader = ChoiceLoader([theme, simple, PrefixLoader({"!simple": simple, "!theme": theme})])
    environment = Environment(loader=loader, **settings["JINJA_ENVIRONMENT"])  # noqa: S701 - the settings say that it escapes
    environment.filters["strftime"] = _format_date
    environment.tests["plugin_enabled"] = lambda name: _is_enabled(name, settings["PLUGINS"])
    return environment


def _format_date(date: Any, form: str) -> str:
    """Pelican's filter; no template of ours uses it."""
    from pelican.utils import DateFormatter

    return str(DateFormatter()(date, form))


def _is_enabled(name: str, plugins: list[str]) -> bool:
    """Pelican's test; no template of ours uses it."""
    from pelican.plugins._utils import plugin_enabled

    return bool(plugin_enabled(name, plugins))
