"""Every text that the source marks for translation, read without any tool beside Django and Python."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib
from django.utils.translation import template

SOURCE = Path(__file__).resolve().parents[2] / "src" / "samplan"
CATALOGUE = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
PLAIN = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}
# What `templatize` writes for a template: the same calls, with the texts as Python literals.
LITERAL = r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"\b(_|gettext|ngettext|pgettext)\(\s*{LITERAL}(?:\s*,\s*{LITERAL})?")


class Marked(NamedTuple):
    """A text with its context and plural form ("" for none)."""

    text: str
    plural: str = ""
    context: str = ""


def _marked(name: str, texts: list[str]) -> Marked | None:
    if name in PLAIN and texts:
        return Marked(texts[0])
    if name in PLURAL and len(texts) > 1:
        return Marked(texts[0], plural=texts[1])
    if name in CONTEXT and len(texts) > 1:
        return Marked(texts[1], context=texts[0])
    return None


def in_python(source: str) -> Iterator[Marked]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
            texts = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if found := _marked(name, texts):
                yield found


def in_template(source: str) -> Iterator[Marked]:
    for name, first, second in CALL.findall(template.templatize(source)):
        found = _marked(name, [ast.literal_eval(text) for text in (first, second) if text])
        if found:
            yield found


def all_marked() -> dict[Marked, list[str]]:
    """Every text and the files it stands in, in the order of the files."""
    found: dict[Marked, list[str]] = {}
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix == ".py":
            texts = in_python(path.read_text(encoding="utf-8"))
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            texts = in_template(path.read_text(encoding="utf-8"))
        else:
            continue
        for text in dict.fromkeys(texts):
            found.setdefault(text, []).append(path.relative_to(SOURCE).as_posix())
    return found


def marked_in(entry: polib.POEntry) -> Marked:
    return Marked(entry.msgid, entry.msgid_plural or "", entry.msgctxt or "")


def update(catalogue: Path = CATALOGUE) -> list[str]:
    """Bring the catalogue in step with the source and keep what is translated; what is still to translate back."""
    there = {marked_in(entry): entry for entry in polib.pofile(str(catalogue))}
    written = polib.POFile(wrapwidth=0)
    written.metadata = {
        "Project-Id-Version": "samplan", "Language": "en", "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8", "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }  # fmt: skip
    for text, files in all_marked().items():
        entry = there.get(text) or polib.POEntry(
            msgid=text.text, msgid_plural=text.plural, msgctxt=text.context or None,
            msgstr_plural={0: "", 1: ""} if text.plural else {},
        )  # fmt: skip
        entry.occurrences = [(file, "") for file in files]
        written.append(entry)
    written.save(str(catalogue))
    return [entry.msgid for entry in written if not entry.translated()]


if __name__ == "__main__":
    for line in update():
        sys.stdout.write(line + "\n")
