# The commands of the Policy Digest. Needs Python 3.11 or newer and nothing else: each target first makes .venv with what it
# needs, from the locks in requirements/ (hashes checked). `make help` lists the targets. GNU make 3.81 (macOS) or newer.
#
#   PYTHON=...    the Python to make .venv with (otherwise the first fitting one that is found)
#   VENV=...      another folder than .venv
#   SITE_URL=...  the public address of the site, passed on to the program

VENV ?= .venv
PYTHON ?=
PORT ?=
WORKERS ?= 2

PIP := $(VENV)/bin/python -m pip --disable-pip-version-check --no-input
INSTALL := $(PIP) install -qq --require-hashes --only-binary :all:
DIGEST := $(VENV)/bin/digest

# given text as the shell must see it: whatever it holds, it is one word and data
quoted = '$(subst ','\'',$(1))'

.DEFAULT_GOAL := help
.NOTPARALLEL:
.SUFFIXES:
.PHONY: help serve html publish brief check test bench golden fuzz reproduce editor clean lock stale

help: ## lists these commands
	@echo "Policy Digest. Commands:"
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-15s %s\n", $$1, $$2}'

serve: $(VENV)/.site ## builds and serves the digest on http://localhost:8000, rebuilding as files change [PORT=8001]
	$(DIGEST) serve $(if $(PORT),--port $(call quoted,$(value PORT)))

html: $(VENV)/.site ## builds into output/, incrementally
	$(DIGEST) build

publish: $(VENV)/.site $(VENV)/.search ## a complete, checked release in releases/, switched in as public at one go
	$(DIGEST) publish

brief: $(VENV)/.draft ## drafts a brief from an article: make brief FROM=<url, .html, .pdf, .txt or ->
	@if [ -z $(call quoted,$(value FROM)) ]; then echo "make brief needs the article: make brief FROM=<url, .html, .pdf, .txt or ->" >&2; exit 2; fi
	$(DIGEST) draft -- $(call quoted,$(value FROM))

check: $(VENV)/.site ## checks all content, or only FILES="one.md two.md"
	$(DIGEST) check $(FILES)

test: $(VENV)/.test ## checks code and content and runs every test [WORKERS=2]
	@failed=; \
	step() { name=$$1; shift; echo "== $$name: $$*"; "$$@" || failed="$$failed, $$name"; }; \
	step "code" $(VENV)/bin/ruff check; \
	step "form of the code" $(VENV)/bin/ruff format --check; \
	step "types" $(VENV)/bin/mypy; \
	step "content" $(DIGEST) check; \
	if [ -n "$$failed" ]; then echo "== failed so far:$${failed#,}"; fi; \
	step "tests" $(VENV)/bin/python -m pytest -q -n $(WORKERS); \
	if [ -n "$$failed" ]; then echo "== failed:$${failed#,}" >&2; exit 1; fi

bench: $(VENV)/.site ## measures how long builds take here
	$(DIGEST) bench

golden: $(VENV)/.test ## writes the golden files of the tests anew; look at the difference before you commit it
	rm -f tests/domain/broken_briefs.txt
	$(VENV)/bin/python -m pytest -q tests/domain/test_broken_briefs.py

fuzz: $(VENV)/.test ## tries many more random inputs than the tests do [EXAMPLES=20000]
	FUZZ_EXAMPLES=$(or $(EXAMPLES),20000) $(VENV)/bin/python -m pytest -q -n $(WORKERS) tests/fuzz

reproduce: $(VENV)/.site ## builds under other zones, locales, seeds, folders and orders of files, and compares the bytes
	$(DIGEST) reproduce

editor: $(VENV)/.site ## writes the schema and snippet for VS Code anew, after a new topic or country
	$(VENV)/bin/python -m plugins.program.editor_files

clean: ## removes what builds and tests leave: output/, caches (not .venv, releases/, public)
	rm -rf output .cache .pytest_cache .hypothesis .mypy_cache .ruff_cache
	find plugins tests -type d -name __pycache__ -prune -exec rm -rf {} +

lock: $(VENV)-lock/.made ## writes requirements/*.txt anew from pyproject.toml [UPGRADE=1 takes newer versions]
	UV=$(VENV)-lock/bin/uv requirements/lock $(if $(UPGRADE),--upgrade)

# What a target needs. A stamp is as old as the last install of its lock. pip reads no standard input: an article may wait there.

# .venv is of no use after its folder or its Python moved: then it is made anew (a link to one is somebody's choice, and is left)
STALE := $(shell [ ! -e $(VENV) ] || [ -L $(VENV) ] || { [ -x $(VENV)/bin/python ] && { [ ! -f $(VENV)/.place ] || [ "$$(cat $(VENV)/.place)" = "$$(pwd -P)" ]; }; } || echo stale)
STAMPS := $(addprefix $(VENV)/,.site .search .draft .test)
ifeq ($(STALE),stale)
$(VENV)/bin/python $(STAMPS): stale
endif

$(VENV)/bin/python:
	@for python in $(if $(PYTHON),$(call quoted,$(PYTHON)),python3 python3.14 python3.13 python3.12 python3.11 python); do \
	    if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	    echo "The digest needs Python 3.11 or newer; found: $$($(if $(PYTHON),$(call quoted,$(PYTHON)),python3) --version 2>&1 || true)" >&2; \
	    echo "Install it (https://www.python.org/downloads/), or name one: make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)" >&2; exit 2; \
	fi; \
	echo "making $(VENV) with $$("$$found" --version)"; \
	"$$found" -m venv --clear $(VENV) || { \
	    echo "This Python cannot make virtual environments. On Debian and Ubuntu: sudo apt install python3-venv" >&2; rm -rf $(VENV); exit 2; \
	}; \
	pwd -P > $(VENV)/.place

$(VENV)/.site: requirements/build.txt requirements/site.txt pyproject.toml | $(VENV)/bin/python
	@echo "installing what the site needs (requirements/site.txt)"
	@$(INSTALL) -r requirements/build.txt -r requirements/site.txt </dev/null
	@$(PIP) install -qq --no-deps --no-build-isolation --editable . </dev/null
	@$(VENV)/bin/python -m compileall -q plugins # also where PYTHONDONTWRITEBYTECODE is set, at each run else 0.1 s
	@touch $@

$(VENV)/.search: requirements/search.txt $(VENV)/.site
	@echo "installing what the search index needs (requirements/search.txt)"
	@$(INSTALL) -r requirements/search.txt </dev/null
	@touch $@

$(VENV)/.draft: requirements/draft.txt $(VENV)/.site
	@echo "installing what drafting needs (requirements/draft.txt)"
	@$(INSTALL) -r requirements/draft.txt </dev/null
	@touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.site
	@echo "installing what the tests need (requirements/test.txt)"
	@$(INSTALL) -r requirements/test.txt </dev/null
	@touch $(VENV)/.search $(VENV)/.draft $@

$(VENV)-lock/.made: requirements/lock.txt | $(VENV)/bin/python
	@echo "installing what makes the locks (requirements/lock.txt)"
	@$(VENV)/bin/python -m venv --clear $(VENV)-lock
	@$(VENV)-lock/bin/python -m pip --disable-pip-version-check --no-input install -qq --require-hashes --only-binary :all: -r requirements/lock.txt </dev/null
	@touch $@
