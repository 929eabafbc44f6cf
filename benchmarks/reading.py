"""How long it takes to read a file of sixty pages, against the bare library opening and walking it. Ratios of one run.

python -m benchmarks.reading

Word: python-docx, every paragraph and cell. PDF: pdfplumber, every character; and pdfminer, on which both stand.
Measured in this process, in turn; then whole processes: the bare library's, and the command's with the draft.
"""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import docx as python_docx
import pdfplumber
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar

from samplan.edges.imports.readers import docx, pdf
from tests.reading import makers
from tests.reading.seed_outlines import Grid, Heading, Item, Label, Para, Part

ROUNDS = 3
MOST = 3.0
"""A reader may take so many times what the bare library takes."""
PAGES = 60


def big_plan() -> tuple[Part, ...]:
    """A plan of some sixty pages: areas with texts, lists and a table each."""
    sentence = (
        "Länets parter arbetar tillsammans för att främja psykisk hälsa och förebygga suicid bland barn och unga. "
    )
    parts: list[Part] = [Heading(0, "Handlingsplan för psykisk hälsa 2025")]
    for area in range(1, 31):
        parts.append(Heading(1, f"{area} Insatsområde nummer {area}"))
        for activity in range(1, 5):
            parts.append(Heading(2, f"{area}.{activity} En insats i området"))
            parts += [Label("Mål"), Para(sentence * 4), Label("Resultat"), Para(sentence * 6)]
            parts += [Item(sentence[:70]) for _ in range(4)]
        rows = tuple(
            (f"Aktivitet {n}", sentence[:80], "Alla unga i länet", "Antal", "2025", "Regionen") for n in range(6)
        )
        parts.append(Grid(("Aktivitet", "Nuläge", "Mål", "Indikatorer", "Tidsplan", "Ansvar"), rows))
    return tuple(parts)


def walk_word(content: bytes) -> int:
    """Every paragraph and every cell, the way the library's guide shows."""
    document = python_docx.Document(io.BytesIO(content))
    characters = sum(len(paragraph.text) for paragraph in document.paragraphs)
    for table in document.tables:
        for row in table.rows:
            characters += sum(len(cell.text) for cell in row.cells)
    return characters


def walk_pdfplumber(content: bytes) -> int:
    """Every character of every page."""
    with pdfplumber.open(io.BytesIO(content)) as file:
        return sum(len(char["text"]) for page in file.pages for char in page.chars)


def walk_pdfminer(content: bytes) -> int:
    return sum(
        len(item.get_text())
        for page in extract_pages(io.BytesIO(content), laparams=None)
        for item in page
        if isinstance(item, LTChar)
    )


def best(read: Callable[[], object]) -> float:
    """The shortest of some rounds, in seconds of computing."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        read()
        times.append(time.process_time() - start)
    return min(times)


def run() -> None:
    """Prints the ratio of each reader to its bare library (1.0: as fast), and says where it is above `MOST`."""
    parts = big_plan()
    word = makers.word(parts)
    tagged, plain = makers.set_by_typst(parts), makers.set_by_typst(parts, tagged=False)
    pages = len(pdfplumber.open(io.BytesIO(plain)).pages)
    sys.stdout.write(f"  a plan of {pages} pages\n")
    quiet: Callable[[int, int], None] = lambda _done, _of: None  # noqa: E731
    told = [
        ("docx, to python-docx", lambda: docx.read(word, "x", quiet), lambda: walk_word(word)),
        ("pdf with tags, to pdfplumber", lambda: pdf.read(tagged, "x", quiet), lambda: walk_pdfplumber(tagged)),
        ("pdf with tags, to pdfminer", lambda: pdf.read(tagged, "x", quiet), lambda: walk_pdfminer(tagged)),
        ("pdf without, to pdfplumber", lambda: pdf.read(plain, "x", quiet), lambda: walk_pdfplumber(plain)),
        ("pdf without, to pdfminer", lambda: pdf.read(plain, "x", quiet), lambda: walk_pdfminer(plain)),
    ]
    for name, ours, bare in told:
        bare_time, our_time = best(bare), best(ours)
        ratio = our_time / bare_time
        missed = f"  MISSED, at most {MOST:.0f} ×" if ratio > MOST else ""
        sys.stdout.write(f"  {name:<30}{our_time:>8.3f} s, bare {bare_time:.3f} s{ratio:>7.2f} ×{missed}\n")
    for name, content, bare_script in (("plan.docx", word, BARE_WORD), ("plan.pdf", plain, BARE_PDF)):
        bare_time, our_time = _processes(name, content, bare_script)
        ratio = our_time / bare_time
        missed = f"  MISSED, at most {MOST:.0f} ×" if ratio > MOST else ""
        told_name = f"samplan read {name}"
        sys.stdout.write(f"  {told_name:<30}{our_time:>8.3f} s, bare {bare_time:.3f} s{ratio:>7.2f} ×{missed}\n")


BARE_WORD = """
import sys, docx
file = docx.Document(sys.argv[1])
sum(len(paragraph.text) for paragraph in file.paragraphs)
for table in file.tables:
    for row in table.rows:
        sum(len(cell.text) for cell in row.cells)
"""
BARE_PDF = """
import sys, pdfplumber
with pdfplumber.open(sys.argv[1]) as file:
    sum(len(char["text"]) for page in file.pages for char in page.chars)
"""


def _processes(name: str, content: bytes, bare_script: str) -> tuple[float, float]:
    """What whole processes compute, the least of some rounds: the bare library's, and the command's with its reading
    process, the draft and the JSON."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(content)
        bare = [sys.executable, "-c", bare_script, str(file)]
        ours = [sys.executable, "-c", "from samplan.cli import main; main()", "read", str(file), "--format", "json"]
        return min(_computing(bare) for _ in range(ROUNDS)), min(_computing(ours) for _ in range(ROUNDS))


def _computing(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    run()
