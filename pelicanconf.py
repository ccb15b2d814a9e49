"""Settings of the Policy Digest. Data only; what each does is described in content/pages/publishing.md."""

import os

from jinja2 import StrictUndefined

# The digest
SITENAME = "Policy Digest"
TAGLINE = "The rules for crypto-assets in every country, in short briefs with their sources"
SITEURL = os.environ.get("SITE_URL", "http://localhost:8000")
REPO_URL = os.environ.get("REPO_URL", "")  # https://github.com/NAME/REPOSITORY: "edit", "report an error" and "add a brief" links
REPO_BRANCH = "main"
TAG_AUTHORITY = "policy-digest.example,2026"  # ids of feed entries and dates for ever (RFC 4151); does not follow SITE_URL
WEBSUB_HUB = ""  # address of a WebSub hub that feeds name

# Where things are
PROJECT_ROOT = os.path.dirname(os.path.abspath(__file__))  # faults name files as seen from here
PATH = os.path.join(PROJECT_ROOT, "content")
OUTPUT_PATH = os.path.join(PROJECT_ROOT, "output")
CACHE_PATH = os.path.join(PROJECT_ROOT, ".cache")
THEME = os.path.join(PROJECT_ROOT, "theme")
PLUGIN_PATHS: list[str] = []
PLUGINS = [
    "plugins.briefs",  # reads the briefs and publishes them: always first
    "plugins.indexes",
    "plugins.feeds",
    "plugins.calendars",
    "plugins.opendata",
    "plugins.search",
]
REQUIRED_PLUGINS = tuple(PLUGINS)  # Pelican goes on without a plugin that it cannot load; a build of the digest stops

# Pelican reads no content itself: briefs and prose are held to rules that its readers do not have (README.md says why)
ARTICLE_PATHS: list[str] = []
PAGE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
THEME_STATIC_PATHS: list[str] = []
DIRECT_TEMPLATES: list[str] = []
IGNORE_FILES = [".*", "*~", "#*#", "**/.*"]
USE_FOLDER_AS_CATEGORY = False
DELETE_OUTPUT_DIRECTORY = False

# What Pelican would publish by itself and the digest does not
CATEGORY_SAVE_AS = TAG_SAVE_AS = AUTHOR_SAVE_AS = CATEGORY_URL = TAG_URL = AUTHOR_URL = ""
ARCHIVES_SAVE_AS = CATEGORIES_SAVE_AS = TAGS_SAVE_AS = AUTHORS_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None

# The same everywhere
DEFAULT_LANG = "en"
TIMEZONE = "UTC"
LOCALE = ["C.UTF-8", "C"]
FILENAME_METADATA = ""
SLUGIFY_SOURCE = "basename"
TYPOGRIFY = False
CACHE_CONTENT = False
LOAD_CONTENT_CACHE = False
JINJA_ENVIRONMENT = {"autoescape": True, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
