"""The calendar file, as RFC 5545 wants it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from samplan.domain.calendar import Event, calendar, escaped, folded

STAMP = datetime(2024, 11, 4, 9, tzinfo=UTC)


def test_a_whole_day_with_everything() -> None:
    event = Event("a@samplan", date(2024, 12, 31), "Sista dag: Kurser; Hofors, igen", "Rad ett\nRad två", "https://x/y")
    text = calendar([event], name="Samplan", stamp=STAMP)
    lines = text.split("\r\n")
    assert (lines[0], lines[-2:]) == ("BEGIN:VCALENDAR", ["END:VCALENDAR", ""])
    for line in ("VERSION:2.0", "DTSTAMP:20241104T090000Z", "DTSTART;VALUE=DATE:20241231", "DTEND;VALUE=DATE:20250101",
                 "SUMMARY:Sista dag: Kurser\\; Hofors\\, igen", "DESCRIPTION:Rad ett\\nRad två"):  # fmt: skip
        assert line in lines
    assert "\n" not in text.replace("\r\n", "")
    assert calendar([event], name="Samplan", stamp=STAMP) == text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=400))
def test_no_line_is_longer_than_75_octets_and_unfolding_gives_it_back(text: str) -> None:
    whole = folded(f"SUMMARY:{text}")
    assert whole.endswith("\r\n")
    parts = whole[:-2].split("\r\n")
    assert all(len(part.encode()) <= 75 for part in parts)
    assert all(part.startswith(" ") for part in parts[1:])
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == f"SUMMARY:{text}"


@given(st.text(max_size=200))
def test_an_escaped_text_holds_no_line_end_and_can_be_read_back(text: str) -> None:
    shown = escaped(text)
    assert not set("\r\n\x00") & set(shown)
    assert ";" not in shown.replace("\\\\", "").replace("\\;", "")
