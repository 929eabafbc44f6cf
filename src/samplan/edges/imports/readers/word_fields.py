"""Fields of a Word file: the contents list, and links that are no elements of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from samplan.edges.imports.readers.word_styles import W

_TYPE: Final = W + "fldCharType"
_LINK: Final = re.compile(r'^\s*HYPERLINK\s+"([^"]+)"', re.IGNORECASE)
_CONTENTS: Final = re.compile(r"^\s*(?:TOC|INDEX)\b", re.IGNORECASE)


@dataclass(slots=True)
class _Field:
    closes: bool
    code: str = ""
    in_code: bool = True
    link: str = ""
    contents: bool = False


class Fields:
    """The fields that are open where the reader stands. `root`: what holds them all, looked through for those that
    never end: a contents list without an end is none, else it would swallow the document."""

    def __init__(self, root: Any) -> None:
        self._open: list[_Field] = []
        self._marks = list(root.iter(W + "fldChar")) if root is not None else []
        endless: list[Any] = []
        for mark in self._marks:
            if mark.get(_TYPE) == "begin":
                endless.append(mark)
            elif mark.get(_TYPE) == "end" and endless:
                endless.pop()
        self._endless = {id(mark) for mark in endless}

    def meet(self, element: Any) -> None:
        """A `w:fldChar` or `w:instrText`, each in its order."""
        if element.tag == W + "instrText":
            if self._open and self._open[-1].in_code:
                self._open[-1].code += element.text or ""
            return
        what = element.get(_TYPE)
        if what == "begin":
            self._open.append(_Field(closes=id(element) not in self._endless))
        elif what == "end" and self._open:
            self._open.pop()
        elif what == "separate" and self._open:
            field = self._open[-1]
            field.in_code = False
            field.link = self.address(field.code)
            field.contents = field.closes and _CONTENTS.match(field.code) is not None

    @property
    def in_contents(self) -> bool:
        """Whether text here is a line of a contents list."""
        return any(field.contents for field in self._open)

    @property
    def link(self) -> str:
        """The address that text here leads to, "" where it leads nowhere."""
        return next((field.link for field in reversed(self._open) if field.link), "")

    @staticmethod
    def address(code: str) -> str:
        """The address in a field's code."""
        match = _LINK.match(code)
        return match[1] if match else ""
