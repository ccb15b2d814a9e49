"""The single defences: where each stands, how it is taken out, and the test that notices. The page Security lists the same."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Defence:
    """A defence. In ``file`` stands ``old`` once; ``new`` in its place takes the defence out; ``test`` then fails."""

    name: str
    file: str
    old: str
    new: str
    test: str
    fast: bool = False

    @property
    def shown_file(self) -> str:
        """The file as the page names it."""
        return self.file.removeprefix("plugins/")

    @property
    def shown_test(self) -> str:
        """The test as the page names it."""
        return self.test.rpartition("::")[2].partition("[")[0]


CHECKS, BROKEN = "tests/domain/test_checks.py", "tests/domain/test_broken_briefs.py::test_a_broken_brief_gives_its_faults"
FRONT, MARKUP = "tests/domain/test_frontmatter.py::test_what_is_refused_has_its_line_and_code", "tests/domain/test_markup.py"
PROSE, PRESS, PUBLISH = "tests/domain/test_prose.py", "tests/press/test_press.py", "tests/program/test_publish.py"
ALONE, FETCH, REVIEW = "tests/defences/test_alone.py", "tests/desk/test_fetch.py", "tests/program/test_review.py"
POST, HEADERS = "tests/program/test_review_post.py", "tests/program/test_headers.py"

FILES = (
    Defence(
        "Only regular files are briefs",
        "plugins/domain/folders.py",
        "if entry.is_symlink() or not entry.is_file(follow_symlinks=False):",
        "if False:",
        f"{CHECKS}::test_only_briefs_lie_in_the_folders_of_briefs",
        fast=True,
    ),
    Defence(
        "Nothing else lies beside them",
        "plugins/domain/folders.py",
        'return Fault(named, 1, "F103", "is no brief", "only .md files and fingerprints lie here: take it away")',
        "return None",
        f"{CHECKS}::test_only_briefs_lie_in_the_folders_of_briefs",
    ),
    Defence(
        "A folder of content is no link",
        "plugins/domain/folders.py",
        "if folder.is_symlink() else []",
        "if False else []",
        f"{PROSE}::test_a_folder_of_content_is_no_link[briefs]",
    ),
    Defence(
        "No two names that are one address",
        "plugins/domain/folders.py",
        "if entry.name in seen:",
        "if False:",
        f"{CHECKS}::test_only_briefs_lie_in_the_folders_of_briefs",
    ),
    Defence(
        "The reader, too, opens regular files only",
        "plugins/domain/reader.py",
        "if not stat.S_ISREG(info.st_mode):",
        "if False:",
        f"{ALONE}::test_the_reader_follows_no_link",
    ),
    Defence(
        "Size of a file",
        "plugins/domain/reader.py",
        "if info.st_size > LARGEST:",
        "if False:",
        f"{CHECKS}::test_a_file_that_cannot_be_read_is_a_fault",
    ),
    Defence(
        "Names of plain letters",
        "plugins/domain/stems.py",
        "if not _FORM.fullmatch(stem) or len(stem) > LONGEST_STEM:",
        "if False:",
        "tests/domain/test_stems.py::test_bad_names",
    ),
    Defence(
        "Names with a date that exists",
        "plugins/domain/stems.py",
        "if not _exists(numbers):",
        "if False:",
        "tests/domain/test_stems.py::test_bad_names",
    ),
    Defence(
        "UTF-8 and nothing else",
        "plugins/domain/reader.py",
        'text = raw.decode("utf-8")',
        'text = raw.decode("utf-8", "replace")',
        BROKEN,
    ),
    Defence(
        "No control, hidden or direction-changing characters",
        "plugins/domain/reader.py",
        "for at, name in find_forbidden(text):",
        "for at, name in ():",
        BROKEN,
    ),
)
FRONT_MATTER = (
    Defence(
        "None written as an escape of YAML",
        "plugins/domain/frontmatter.py",
        "for _, name in find_forbidden(text) if self._may_escape else ():",
        "for _, name in ():",
        "tests/fuzz/test_found.py::test_hidden_characters_written_as_yaml_escapes",
    ),
    Defence(
        "No anchors, aliases, tags, second documents",
        "plugins/domain/frontmatter.py",
        "fault = self._scan(head) if has_features else None",
        "fault = None",
        FRONT,
    ),
    Defence("Size of the front matter", "plugins/domain/frontmatter.py", "if size > LARGEST:", "if False:", FRONT),
    Defence(
        "Brackets are counted before YAML is read",
        "plugins/domain/frontmatter.py",
        'if head.count("[") + head.count("{") > _MOST_OPENERS:',
        "if False:",
        f"{ALONE}::test_brackets_are_counted_before_yaml_is_read",
    ),
    Defence(
        "Depth and number of values",
        "plugins/domain/frontmatter.py",
        "if depth > DEEPEST or self._nodes > MOST_NODES:",
        "if False:",
        FRONT,
    ),
    Defence("No key twice", "plugins/domain/frontmatter.py", "if key in found:", "if False:", FRONT, fast=True),
    Defence("A closed list of keys", "plugins/domain/forms.py", 'extra_fields_behavior="forbid"', 'extra_fields_behavior="ignore"', BROKEN),
    Defence(
        "Values are one line of text",
        "plugins/domain/forms.py",
        'raise ValueError("one line of text without tabs is needed here")',
        "pass",
        "tests/fuzz/test_found.py::test_tabs_in_a_line_of_text",
    ),
)
ADDRESSES = (
    Defence(
        "Addresses are http or https",
        "plugins/domain/addresses.py",
        'if parts.scheme not in ("http", "https") or',
        "if",
        "tests/domain/test_addresses.py::test_other_addresses_are_refused",
    ),
    Defence(
        "No user name in an address",
        "plugins/domain/addresses.py",
        'if "@" in parts.netloc:',
        "if False:",
        "tests/domain/test_addresses.py::test_other_addresses_are_refused",
    ),
    Defence(
        "No blanks, quotes or brackets in an address",
        "plugins/domain/addresses.py",
        "if _BAD.search(url):",
        "if False:",
        "tests/domain/test_addresses.py::test_other_addresses_are_refused",
    ),
    Defence(
        "No host of mixed alphabets",
        "plugins/domain/addresses.py",
        "if len(_scripts(label)) > 1 or",
        "if",
        f"{ALONE}::test_no_host_mixes_alphabets",
    ),
    Defence(
        "No host that imitates Latin letters",
        "plugins/domain/addresses.py",
        '(_scripts(label) - {"LATIN"} and not _is_whole_script(host))',
        "False",
        "tests/fuzz/test_found.py::test_hosts_that_imitate_latin_letters",
    ),
)
BODIES = (
    Defence(
        "Length of a body",
        "plugins/domain/markup.py",
        "if len(body) > _LARGEST:",
        "if False:",
        f"{ALONE}::test_length_and_lines_of_a_body_are_counted",
    ),
    Defence(
        "Length of its lines",
        "plugins/domain/markup.py",
        '"[^\\n]{%d,}" % (_LONGEST_LINE + 1)',
        '"[^\\n]{%d,}" % 99_999',
        f"{MARKUP}::test_bodies_are_bounded_before_conversion",
    ),
    Defence(
        "Number of its lines",
        "plugins/domain/markup.py",
        "if lines > _MOST_LINES:",
        "if False:",
        f"{ALONE}::test_length_and_lines_of_a_body_are_counted",
    ),
    Defence(
        "Runs of one mark, depth of lists and quotations",
        "plugins/domain/markup.py",
        "        if deep:\n",
        "        if False:\n",
        f"{MARKUP}::test_bodies_are_bounded_before_conversion",
    ),
    Defence(
        "Number of marks",
        "plugins/domain/markup.py",
        "if body.count(mark) > _MOST_MARKS:",
        "if False:",
        f"{MARKUP}::test_bodies_are_bounded_before_conversion",
    ),
    Defence(
        "Raw HTML is off in blocks",
        "plugins/domain/converting.py",
        '_drop(converter.preprocessors, ("html_block",))',
        "pass",
        f"{ALONE}::test_raw_html_is_off_before_the_cleaner",
    ),
    Defence(
        "Raw HTML is off in lines",
        "plugins/domain/converting.py",
        '_drop(converter.inlinePatterns, ("html", "entity",',
        '_drop(converter.inlinePatterns, ("entity",',
        f"{ALONE}::test_raw_html_is_off_before_the_cleaner",
    ),
    Defence(
        "Cleaning after Markdown",
        "plugins/domain/markup.py",
        "return str(_cleaner().clean(html))",
        "return html",
        f"{ALONE}::test_the_cleaner_holds_alone",
        fast=True,
    ),
    Defence(
        "Links: http, https, mailto, pages of ours",
        "plugins/domain/markup.py",
        "        if problem:\n",
        "        if False:\n",
        f"{MARKUP}::test_other_links_are_faults",
    ),
    Defence(
        "Pages of ours exist",
        "plugins/domain/checks.py",
        "        if not known(url):\n",
        "        if False:\n",
        f"{ALONE}::test_a_dead_link_is_refused",
    ),
    Defence("No pictures", "plugins/domain/markup.py", 'if "![" not in body:', "if True:", f"{MARKUP}::test_pictures_are_faults"),
    Defence(
        "No hidden characters by reference",
        "plugins/domain/markup.py",
        "for _, name in find_forbidden(html):",
        "for _, name in ():",
        f"{ALONE}::test_no_hidden_character_by_reference",
    ),
)
PAGES = (
    Defence(
        "Prose: a closed list of keys",
        "plugins/domain/prose.py",
        "if key not in KEYS:",
        "if False:",
        f"{PROSE}::test_faults",
    ),
    Defence(
        "Prose: regular files only",
        "plugins/domain/prose.py",
        "if not entry.is_file(follow_symlinks=False):",
        "if False:",
        f"{PROSE}::test_only_regular_files_with_plain_names",
    ),
    Defence(
        "Prose: Markdown with plain names only",
        "plugins/domain/prose.py",
        'elif ending != "md" or not _SLUG.fullmatch(stem) or len(stem) > _LONGEST_SLUG:',
        "elif False:",
        f"{PROSE}::test_only_regular_files_with_plain_names",
    ),
    Defence(
        "Prose: no address that the digest makes itself",
        "plugins/domain/prose.py",
        "elif stem in RESERVED:",
        "elif False:",
        f"{PROSE}::test_only_regular_files_with_plain_names",
    ),
    Defence(
        "Prose: the file's name is the address",
        "plugins/domain/prose.py",
        'if "slug" in values and values["slug"][0] != slug:',
        "if False:",
        f"{PROSE}::test_faults",
    ),
    Defence("Prose: bounds", "plugins/domain/prose.py", "    if bounds:\n", "    if False:\n", f"{PROSE}::test_faults"),
    Defence(
        "Prose: raw HTML is off",
        "plugins/domain/prose.py",
        'for name in ("html", "entity",',
        'for name in ("entity",',
        f"{PROSE}::test_documented_markdown_is_rendered",
    ),
    Defence(
        "Prose: cleaning after Markdown",
        "plugins/domain/prose.py",
        "html = str(_cleaner().clean(html))",
        "pass",
        f"{ALONE}::test_the_cleaner_of_prose_holds_alone",
    ),
    Defence("Prose: links", "plugins/domain/prose.py", "        if problem:\n", "        if False:\n", f"{PROSE}::test_faults"),
    Defence(
        "Prose: pages of ours exist",
        "plugins/domain/prose.py",
        "if url not in fixed and not known(url):",
        "if False:",
        f"{PROSE}::test_links_lead_somewhere",
    ),
    Defence(
        "Topics and measures: regular files, plain names",
        "plugins/domain/loading.py",
        'if not entry.is_file(follow_symlinks=False) or ending != "md" or not _ID.fullmatch(stem) or stem == "page":',
        "if False:",
        f"{CHECKS}::test_broken_vocabularies_are_named",
    ),
    Defence(
        "Countries: a regular file of a sane size",
        "plugins/domain/loading.py",
        "if file.is_symlink() or not file.is_file() or file.stat().st_size > _LARGEST_COUNTRIES:",
        "if False:",
        "tests/fuzz/test_found.py::test_countries_are_a_regular_file",
    ),
    Defence(
        "Fingerprints: a small regular file",
        "plugins/domain/fingerprints.py",
        "if not stat.S_ISREG(info.st_mode) or info.st_size > LARGEST:",
        "if False:",
        f"{ALONE}::test_a_fingerprint_is_a_small_regular_file",
    ),
)
PUBLISHED = (
    Defence(
        "Templates escape every value",
        "pelicanconf.py",
        '"autoescape": True',
        '"autoescape": False',
        f"{ALONE}::test_text_stays_text_in_everything_published",
    ),
    Defence(
        "A name that nobody gave stops the build",
        "pelicanconf.py",
        '"undefined": StrictUndefined, ',
        "",
        f"{ALONE}::test_a_name_that_nobody_gave_stops_the_build",
    ),
    Defence(
        "Pelican's own readers read nothing",
        "pelicanconf.py",
        "PAGE_PATHS: list[str] = []",
        'PAGE_PATHS: list[str] = ["pages"]',
        f"{ALONE}::test_nothing_is_published_but_by_the_press",
    ),
    Defence(
        "Nothing is copied as it is",
        "pelicanconf.py",
        "STATIC_PATHS: list[str] = []\nTHEME",
        'STATIC_PATHS: list[str] = ["."]\nTHEME',
        f"{ALONE}::test_nothing_is_published_but_by_the_press",
    ),
    Defence(
        "A plugin that cannot be loaded stops the build",
        "plugins/briefs/plugin.py",
        "if isinstance(name, str) and not any(",
        "if False and not any(",
        "tests/program/test_build.py::test_a_plugin_that_is_not_there_stops_the_build",
    ),
    Defence(
        "A content security policy in each page",
        "theme/templates/base.html",
        'http-equiv="Content-Security-Policy"',
        'name="policy"',
        "tests/test_site.py::test_every_page_holds_to_the_policy",
    ),
    Defence(
        "The same policy from every host",
        "plugins/program/headers.py",
        "\"script-src 'self' 'wasm-unsafe-eval'\"",
        "\"script-src 'self' 'unsafe-inline'\"",
        f"{HEADERS}::test_samples_and_file_send_the_same",
    ),
    Defence(
        "No cell begins as a formula",
        "plugins/opendata/record.py",
        'return _FORMULA.sub(r"\\1\\2\'", _BREAK.sub(" ", text))',
        "return text",
        "tests/opendata/test_tables.py::test_no_cell_is_a_formula",
    ),
    Defence(
        "Messages show control characters",
        "plugins/domain/faults.py",
        'return printable(f"{self.path}:{self.line}: {self.code} {self.message}{cure}", limit=None)',
        'return f"{self.path}:{self.line}: {self.code} {self.message}{cure}"',
        "tests/program/test_check.py::test_control_characters_never_reach_the_terminal",
    ),
    Defence(
        "Messages cannot speak to the runner of workflows",
        "plugins/program/check_command.py",
        '.replace("%", "%25").replace("\\r", "%0D").replace("\\n", "%0A")',
        "",
        "tests/program/test_check.py::test_no_content_can_speak_to_the_runner",
    ),
)
BUILDING = (
    Defence(
        "Outputs have plain paths",
        "plugins/press/files.py",
        "if not is_plain(path):",
        "if False:",
        f"{PRESS}::test_paths_cannot_leave_the_folder",
    ),
    Defence(
        "Links in the output folder are not followed",
        "plugins/press/files.py",
        " | os.O_NOFOLLOW",
        "",
        f"{ALONE}::test_a_link_under_a_temporary_name_is_not_followed",
    ),
    Defence(
        "Files are written aside, then renamed",
        "plugins/press/files.py",
        "temporary = target + TEMPORARY",
        "temporary = target",
        f"{PRESS}::test_a_link_in_the_output_folder_is_not_followed",
    ),
    Defence(
        "A folder of somebody else is left alone",
        "plugins/press/press.py",
        "if set(os.listdir(root)) - LEFT_ALONE:",
        "if False:",
        f"{PRESS}::test_a_folder_of_somebody_else_is_left_alone",
    ),
    Defence(
        "No two outputs have one path",
        "plugins/press/printing.py",
        "if other != sheet:",
        "if False:",
        f"{PRESS}::test_two_claims_to_one_path_name_both",
    ),
    Defence(
        "An unfinished build is remembered",
        "plugins/press/printing.py",
        "            self.journal.note(*[path for path, _ in self._waiting])\n",
        "",
        f"{PRESS}::test_any_history_ends_in_the_bytes_of_a_clean_build",
    ),
    Defence(
        "The state is of use only as it was left",
        "plugins/press/state.py",
        "if not is_whole(self.folder):",
        "if False:",
        f"{PRESS}::test_damaged_state_is_made_anew[decayed]",
    ),
    Defence(
        "The state is of use only to its own version",
        "plugins/press/state.py",
        "if version != (VERSION,):",
        "if False:",
        f"{PRESS}::test_damaged_state_is_made_anew[other version]",
    ),
    Defence(
        "One build at a time",
        "plugins/briefs/run.py",
        "self._stack.enter_context(hold(settings.cache))",
        "pass",
        f"{ALONE}::test_a_build_waits_for_the_other",
    ),
    Defence(
        "A helper ends with its build",
        "plugins/press/printing.py",
        "        stay_with_parent()\n",
        "",
        "tests/press/test_companion.py::test_a_helper_ends_with_the_build_that_was_killed[printing]",
    ),
    Defence(
        "A release is looked over",
        "plugins/program/publish_command.py",
        "    if problems:\n",
        "    if False:\n",
        f"{ALONE}::test_a_release_with_a_problem_is_not_published",
    ),
    Defence(
        "A refused brief stops a release",
        "plugins/program/publish_command.py",
        "    if status:\n        return status\n",
        "",
        f"{PUBLISH}::test_a_refused_brief_leaves_the_last_release",
    ),
    Defence(
        "The release that is served is never dropped",
        "plugins/press/release.py",
        "if number != place.current():",
        "if True:",
        f"{PUBLISH}::test_the_release_that_is_served_is_never_dropped",
    ),
)
DRAFTING = (
    Defence(
        "Only public addresses are asked",
        "plugins/desk/fetch.py",
        "if not is_public(address):",
        "if False:",
        f"{FETCH}::test_no_spelling_of_this_machine_is_reached",
    ),
    Defence(
        "Only http and https, also after a redirect",
        "plugins/desk/fetch.py",
        'if parts.scheme not in ("http", "https"):',
        "if False:",
        f"{FETCH}::test_every_failure_is_one_clear_line",
    ),
    Defence(
        "Redirects are counted",
        "plugins/desk/fetch.py",
        "REDIRECTS = 5",
        "REDIRECTS = 500_000",
        f"{FETCH}::test_every_failure_is_one_clear_line",
    ),
    Defence(
        "Bytes received are bounded",
        "plugins/desk/fetch.py",
        "WIRE_LIMIT = 5_000_000",
        "WIRE_LIMIT = 5_000_000_000",
        f"{FETCH}::test_every_failure_is_one_clear_line",
    ),
    Defence(
        "Bytes unpacked are bounded",
        "plugins/desk/fetch.py",
        "UNPACKED_LIMIT = 10_000_000",
        "UNPACKED_LIMIT = 10_000_000_000",
        f"{FETCH}::test_every_failure_is_one_clear_line",
    ),
    Defence(
        "Time is bounded over the whole fetch",
        "plugins/desk/fetch.py",
        "        self._sock.settimeout(left)\n",
        "        self._sock.settimeout(8)\n",
        f"{FETCH}::test_time_is_bounded_over_the_whole_fetch",
    ),
    Defence(
        "A draft cannot be published as it is",
        "plugins/domain/reader.py",
        "found += _check_placeholders(front, text, shown)",
        "pass",
        f"{BROKEN}",
    ),
)
PULL_REQUESTS = (
    Defence(
        "Numbers of a stranger: their size",
        "plugins/program/review.py",
        "if len(raw) > LARGEST:",
        "if False:",
        f"{ALONE}::test_numbers_of_a_stranger_are_small",
    ),
    Defence(
        "Numbers of a stranger: exactly the agreed keys",
        "plugins/program/review.py",
        "if not isinstance(value, dict) or value.keys() != keys:",
        "if not isinstance(value, dict):",
        f"{REVIEW}::test_bad_files_are_refused",
    ),
    Defence(
        "Numbers of a stranger: words of a known form",
        "plugins/program/review.py",
        " or not form.fullmatch(value):",
        ":",
        f"{REVIEW}::test_bad_briefs_are_refused",
    ),
    Defence(
        "Labels only for what main knows",
        "plugins/program/review.py",
        "if c in known.countries)",
        ")",
        f"{REVIEW}::test_labels",
    ),
    Defence(
        "The archive holds one file",
        "plugins/program/review_post.py",
        "if names != [FILE]:",
        "if False:",
        f"{POST}::test_bad_archives_are_refused",
    ),
    Defence(
        "The archive is small before it is fetched",
        "plugins/program/review_post.py",
        "if not isinstance(size, int) or size > LARGEST:",
        "if False:",
        f"{POST}::test_large_archives_are_not_fetched",
    ),
    Defence(
        "The pull request is found by its commit",
        "plugins/program/review_post.py",
        "return found[0] if len(found) == 1 else None",
        "return found[0] if found else None",
        f"{POST}::test_pull_is_found_by_commit_alone",
    ),
)
DEFENCES = (*FILES, *FRONT_MATTER, *ADDRESSES, *BODIES, *PAGES, *PUBLISHED, *BUILDING, *DRAFTING, *PULL_REQUESTS)
