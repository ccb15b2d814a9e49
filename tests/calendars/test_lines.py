"""Content lines, read back by icalendar."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from plugins.calendars.lines import LIMIT, escape_text, write_line

# What the reader lets into content: no control characters (a newline stands in descriptions of ours).
TEXT = st.text(st.characters(blacklist_categories=("Cc", "Cs")) | st.just("\n"), max_size=300)


@given(TEXT)
def test_lines_fit_and_come_back(text: str) -> None:
    """No line is over 75 octets, no character is cut, and icalendar reads the same text."""
    line = write_line("SUMMARY", escape_text(text))
    assert line.endswith(b"\r\n")
    for part in line[:-2].split(b"\r\n"):
        assert len(part) <= LIMIT
        part.decode()
    event = Calendar.from_ical(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\n" + line + b"END:VEVENT\r\nEND:VCALENDAR\r\n").walk("VEVENT")[
        0
    ]
    assert str(event["SUMMARY"]) == text


@given(TEXT)
def test_lines_say_what_icalendar_would(text: str) -> None:
    """Unfolded, a line is that of icalendar's own writer."""
    event = Event()
    event.add("summary", text)
    theirs = event.to_ical().replace(b"\r\n ", b"").split(b"\r\n")[1]
    ours = write_line("SUMMARY", escape_text(text)).replace(b"\r\n ", b"")[:-2]
    if "\\N" not in text:  # icalendar takes an escaped newline in plain text for a newline
        assert ours == theirs
