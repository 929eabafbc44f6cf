"""The report section by section, as it is read through: what is done, what has changed since, what is said about it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from samplan.apps.yearreports.models import PassageComment, SectionMark, YearReport
from samplan.apps.yearreports.operations.reading import hash_of
from samplan.domain.document import Heading, lines_of, text_of
from samplan.domain.editing import Conflict, Passage
from samplan.edges.reports.compile import Report

FILTERS: Final = ("all", "unread", "since", "edited", "source", "comments")
UPPER_LEVELS = 2


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with its answers."""

    first: PassageComment
    replies: tuple[PassageComment, ...]

    @property
    def open(self) -> bool:
        return self.first.resolved_at is None


@dataclass(slots=True)
class Section:
    """A heading of the two upper levels with all until the next. `key` is the heading's passage."""

    key: str
    title: str
    level: int
    passages: list[Passage] = field(default_factory=list)
    mark: SectionMark | None = None
    edited: int = 0
    conflicts: list[Conflict] = field(default_factory=list)
    threads: dict[str, list[Thread]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """What it says, with every edit in place: a line for each paragraph and cell."""
        return "\n".join(line for passage in self.passages for line in lines_of(passage.blocks))

    @property
    def sha256(self) -> str:
        return hash_of(self.text)

    @property
    def done(self) -> bool:
        """It reads as it did when somebody found it done, and no edit stands on a fact that has changed."""
        return self.mark is not None and self.mark.sha256 == self.sha256 and not self.conflicts

    @property
    def since(self) -> bool:
        """It has changed since it was found done."""
        return self.mark is not None and self.mark.sha256 != self.sha256

    @property
    def open_comments(self) -> int:
        return sum(thread.open for threads in self.threads.values() for thread in threads)

    def changes(self) -> list[tuple[list[str], list[str]]]:
        """What has changed since it was found done: (the lines then, the lines now), in order."""
        if self.mark is None:
            return []
        then, now = self.mark.text.split("\n"), self.text.split("\n")
        found = difflib.SequenceMatcher(None, then, now, autojunk=False).get_opcodes()
        return [(then[a:b], now[c:d]) for tag, a, b, c, d in found if tag != "equal"]

    def is_among(self, code: str) -> bool:
        """Whether a filter shows it."""
        return {
            "unread": self.mark is None, "since": self.since, "edited": bool(self.edited),
            "source": bool(self.conflicts), "comments": bool(self.open_comments),
        }.get(code, True)  # fmt: skip


def sections_of(report: YearReport, compiled: Report) -> list[Section]:
    """The compiled report's sections; two queries."""
    found: list[Section] = []
    for passage in compiled.merged.passages:
        heading = next((one for one in passage.blocks if isinstance(one, Heading)), None)
        if (heading is not None and heading.level <= UPPER_LEVELS) or not found:
            title = text_of(heading.content) if heading else compiled.document.title
            found.append(Section(passage.key, title, heading.level if heading else 1))
        found[-1].passages.append(passage)
    marks = {mark.key: mark for mark in SectionMark.objects.filter(report=report)}
    threads = threads_of(report)
    conflicts = {one.edit.key: one for one in compiled.merged.conflicts}
    for section in found:
        keys = [passage.key for passage in section.passages]
        section.mark = marks.get(section.key)
        section.edited = sum(key in compiled.merged.edited for key in keys)
        section.conflicts = [conflicts[key] for key in keys if key in conflicts]
        section.threads = {key: threads[key] for key in keys if key in threads}
    return found


def threads_of(report: YearReport) -> dict[str, list[Thread]]:
    """All that is said about the report, by passage; what is not resolved first."""
    rows = list(PassageComment.objects.filter(report=report).order_by("id"))
    return _threads(rows)


def _threads(rows: Iterable[PassageComment]) -> dict[str, list[Thread]]:
    replies: dict[int, list[PassageComment]] = {}
    firsts: list[PassageComment] = []
    for row in rows:
        if row.answers_id is None:
            firsts.append(row)
        else:
            replies.setdefault(row.answers_id, []).append(row)
    found: dict[str, list[Thread]] = {}
    for first in sorted(firsts, key=lambda row: (row.resolved_at is not None, row.pk)):
        found.setdefault(first.key, []).append(Thread(first, tuple(replies.get(first.pk, ()))))
    return found


def orphans(threads: Mapping[str, list[Thread]], compiled: Report) -> list[Thread]:
    """Comments on passages that are no longer in the report."""
    keys = {passage.key for passage in compiled.merged.passages}
    return [thread for key, listed in threads.items() if key not in keys for thread in listed]
