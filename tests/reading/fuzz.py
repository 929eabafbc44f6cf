"""`python -m tests.reading.fuzz [--seconds N] [--seed N] [--kind KIND] [--heavy]`: files broken in every way.

Files of each kind are changed at random: in their bytes, in the parts of their archives, in their XML, in the objects
and the instructions of a PDF. Each must be read or refused with a code, never "crashed"; what is read must hold what
was counted. `--heavy`: files that are built to take time and memory, each read in its process of its own.

What fails is written to `fuzz-failures/` in the temporary directory, with the seed that makes it again.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import re
import resource
import signal
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import typst
import xlsxwriter
from lxml import etree

from samplan.domain.reading.source import count
from samplan.edges.imports.child import answer
from samplan.edges.imports.errors import CODES, Unreadable
from samplan.edges.imports.sandbox import read_safely
from tests.reading import pdf_files
from tests.reading.word_files import NAMESPACES, box, cell, control, field, level, p, r, row, style, table, word

MEMORY: Final = 1 << 30
"""Bytes that changed files may make this process take."""
SLOWEST: Final = 20.0
"""Seconds that one changed small file may take, on a machine that does other work too."""


class Failure(Exception):
    """What a reader may not do with any file."""


def check(content: bytes) -> str:
    """Read a file as the process of its own does, and say how it went: "read" or a code. Raises Failure."""
    start = time.process_time()
    signal.signal(signal.SIGPROF, _too_slow)
    signal.setitimer(signal.ITIMER_PROF, SLOWEST)
    try:
        result = answer(content, "fil", "", lambda _done, _of: None)
    except Unreadable as error:
        if error.code not in CODES or error.code == "crashed":
            raise Failure(f"code {error.code}") from error
        outcome = error.code
    except MemoryError:  # as the process of its own would say; a width table of a font may ask for all there is
        outcome = "memory"
    except RecursionError:
        outcome = "broken"
    except Failure:
        raise
    except Exception as error:
        raise Failure(f"{type(error).__name__}: {error}") from error
    else:
        outcome = "read"
        _is_whole(result)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    if time.process_time() - start > SLOWEST:
        raise Failure("took too long")
    return outcome


def _too_slow(_signal: int, _frame: object) -> None:
    raise Failure("took too long")


def _is_whole(result: dict[str, Any]) -> None:
    draft, pieces = result["draft"], result["pieces"]
    characters = draft["source"]["characters"]
    if sum(count(piece["text"]) for piece in pieces) != characters:
        raise Failure("the pieces are not the source")
    if draft["placed_characters"] + draft["unplaced_characters"] != characters:
        raise Failure("placed and unplaced are not the source")
    json.dumps(result)


# --- files to change


@cache
def seeds() -> dict[str, tuple[bytes, ...]]:
    """Small files of each kind that hold something of everything their readers know."""
    return {"docx": (_word(),), "xlsx": (_excel(),), "pdf": (_pdf(), _tagged_pdf()), "text": _texts()}


def _word() -> bytes:
    lists = (
        '<w:abstractNum w:abstractNumId="1">' + level(0, "decimal", "%1") + level(1, "lowerLetter", "%1.%2)")
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )  # fmt: skip
    number = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
    body = (
        p("Handlingsplan 2024", style="Titel")
        + p(field("TOC", r("Syfte 1")))
        + p("Insatsområde barn och unga", style="R1", properties=number.format(0))
        + p("Mål", style="R2", properties=number.format(1))
        + p("Alla barn mår bra ", r("senast 2026", "<w:b/>"), box(p("I rutan") + table(row("a", "b"))))
        + table(row(cell("Område", span=2)), row("Aktivitet", "Mål", head=True),
                row(cell("Utbilda", merge="restart"), "x"),
                row(cell("", merge="continue"), cell(p("y") + table(row("inre", "tabell")) + p())))
        + control(p(f"<w:ins>{r('nytt')}</w:ins>", f"<w:moveFrom>{r('flyttat')}</w:moveFrom>"))
        + p('<w:hyperlink r:id="k">' + r("1 200 000 kr") + "</w:hyperlink>")
        + p('<w:r><w:footnoteReference w:id="2"/></w:r>', "sist")
    )  # fmt: skip
    return word(
        body, links={"k": "https://a.example/"}, header=p("Huvud"), footer=p("Sida ", field("PAGE", r("1"))),
        footnotes=f'<w:footnote w:id="2">{p("Not")}</w:footnote>', numbering=lists,
        comments=f'<w:comment w:id="0">{p("Kommentar")}</w:comment>',
        styles=style("Titel", "Title") + style("R1", "heading 1") + style("R2", "heading 2", based="R1"),
    )  # fmt: skip


def _excel() -> bytes:
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet, bold = book.add_worksheet("Insatser"), book.add_format({"bold": True})
        money = book.add_format({"num_format": '#,##0 "kr"'})
        sheet.write("A1", "Handlingsplan 2024", bold)
        sheet.write_row("A3", ["Aktivitet", "Mål", "Belopp"], bold)
        sheet.merge_range("A4:A5", "Utbilda")
        sheet.write_row("B4", ["Alla", 0.5])
        sheet.write("C5", 1200000, money)
        sheet.write_comment("B4", "Hur många?")
        sheet.write_url("B5", "https://a.example/", string="Läs")
        book.add_worksheet("Dolt").write("A1", "dolt")
        book.worksheets()[1].hide()
    return made.getvalue()


def _pdf() -> bytes:
    from tests.reading.pdf_files import Sheet, bold, frame, lines, text

    words = ["Länet arbetar tillsammans för att alla ska må", "bra, och för att ingen ska ta sitt liv."]
    first = text(60, 40, "Handlingsplan") + bold(60, 90, "1. Syfte", 16) + lines(60, 120, words) + text(300, 810, "1")
    second = text(60, 40, "Handlingsplan") + frame([60, 200, 400], [80, 100, 140]) + text(300, 810, "2")
    second += bold(65, 94, "Aktivitet") + bold(205, 94, "Mål") + text(65, 114, "Utbilda") + text(205, 114, "Alla")
    second += pdf_files.turned(40, 500, "Bilaga", "0 1 -1 0") + text(60, 770, "1 En not längst ned.", 7)
    return pdf_files.pdf(
        [Sheet(first, links=[(60, 100, 200, 130, "https://a.example/")]), second, Sheet("", picture=True)]
    )


def _tagged_pdf() -> bytes:
    source = """
#set document(title: "Plan")
#set page(header: [Huvud], numbering: "1")
#outline()
= Syfte
Länet#footnote[En not.] arbetar #link("https://a.example")[tillsammans].
== Mål
- Ett
  - Två
+ Tre
#figure(table(columns: 2, table.header([Aktivitet], [Mål]), table.cell(rowspan: 2)[Utbilda], [a], [b]), caption: [T])
#columns(2)[#lorem(60)]
"""
    return typst.compile(source.encode(), format="pdf", ignore_system_fonts=True)


def _texts() -> tuple[bytes, ...]:
    text = (
        "Handlingsplan 2024\n\n1. Syfte\nAlla mår bra.\n\n| Mål | Medel |\n|---|---|\n| a | 5 tkr |\n\n• Ett\n• Två\n"
    )
    return text.encode(), text.encode("utf-16"), text.encode("cp1252", "replace")


# --- ways to change them

Change = Callable[[random.Random, bytes], bytes]


def flipped(chance: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 2, 5, 30))):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(chance: random.Random, data: bytes) -> bytes:
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return chance.choice((data[:start], data[:start] + data[end:], data[end:], data[:end] + data[start:]))


def stuffed(chance: random.Random, data: bytes) -> bytes:
    place = chance.randrange(len(data) + 1)
    return data[:place] + chance.randbytes(chance.choice((1, 8, 200))) + data[place:]


def parts_changed(chance: random.Random, data: bytes) -> bytes:
    """Parts of an archive taken away, given twice, exchanged, or changed in their bytes or their XML."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    number = chance.randrange(len(parts))
    name, content = parts[number]
    way = chance.randrange(7)
    if way == 0:
        parts.pop(number)
    elif way == 1:
        parts.append((chance.choice(parts)[0], content))
    elif way == 2:
        other = chance.randrange(len(parts))
        parts[number], parts[other] = (name, parts[other][1]), (parts[other][0], content)
    elif way == 3:
        parts[number] = (name, chance.choice((flipped, cut, stuffed))(chance, content))
    else:
        for _ in range(chance.choice((1, 1, 3))):
            number = chance.randrange(len(parts))
            parts[number] = (parts[number][0], xml_changed(chance, parts[number][1]))
    made = BytesIO()
    with zipfile.ZipFile(made, "w", chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))) as archive:
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name), content)
    return made.getvalue()


_VALUES: Final = (
    "",
    "0",
    "-1",
    "1",
    "99999999999999999999",
    "1e9",
    "x",
    "\u00e5",
    "true",
    "continue",
    "restart",
    "A1:XFD1048576",
)


def xml_changed(chance: random.Random, data: bytes) -> bytes:
    """Elements taken away, given twice, moved, wrapped, renamed; attributes with other values."""
    try:
        root = etree.fromstring(data)
    except etree.XMLSyntaxError:
        return data
    for _ in range(chance.choice((1, 2, 4))):
        elements = list(root.iter("*"))
        one, other = chance.choice(elements), chance.choice(elements)
        parent = one.getparent()
        way = chance.randrange(7)
        if way == 0 and parent is not None:
            parent.remove(one)
        elif way == 1:
            other.append(etree.fromstring(etree.tostring(one)))
        elif way == 2 and parent is not None and one not in list(other.iterancestors()) and one is not other:
            other.insert(chance.randrange(len(other) + 1), one)
        elif way == 3 and one.attrib:
            one.set(chance.choice(list(one.attrib)), chance.choice(_VALUES))
        elif way == 4:
            one.tag = other.tag
        elif way == 5:
            one.text = chance.choice(("", "text", "9" * 400, "\u2028", "<&"))
        elif way == 6 and parent is not None:
            wrapper = etree.SubElement(parent, other.tag)
            wrapper.append(one)
    return etree.tostring(root)


_OPERATORS: Final = (
    b"Tj",
    b"TJ",
    b"Tm",
    b"Td",
    b"Tf",
    b"BT",
    b"ET",
    b"q",
    b"Q",
    b"re",
    b"l",
    b"cm",
    b"Do",
    b"BDC",
    b"EMC",
    b"ID",
    b"'",
)
_NUMBERS: Final = (b"0", b"-1", b"1e5", b"99999999999", b"0.0000001", b"-99999", b"1 0 R", b"null", b"(", b"<<", b"[")


def pdf_changed(chance: random.Random, data: bytes) -> bytes:
    """Numbers and operators of a PDF exchanged, objects made to refer to others."""
    for _ in range(chance.choice((1, 2, 6))):
        pattern = chance.choice(
            (rb"-?[0-9.]+", rb"\b(?:Tj|Tm|Tf|BT|ET|q|Q|re|m|l|cm|Do|BDC|EMC|obj|R)\b", rb"/[A-Za-z0-9]+")
        )
        found = list(re.finditer(pattern, data))
        if not found:
            return data
        place = chance.choice(found)
        with_what = {
            rb"-?[0-9.]+": chance.choice(_NUMBERS),
            rb"/[A-Za-z0-9]+": chance.choice(found)[0],
        }.get(pattern, chance.choice(_OPERATORS))
        data = data[: place.start()] + with_what + data[place.end() :]
    return data


CHANGES: Final[dict[str, tuple[Change, ...]]] = {
    "docx": (flipped, cut, stuffed, parts_changed, parts_changed, parts_changed, parts_changed),
    "xlsx": (flipped, cut, stuffed, parts_changed, parts_changed, parts_changed, parts_changed),
    "pdf": (flipped, cut, stuffed, pdf_changed, pdf_changed, pdf_changed),
    "text": (flipped, cut, stuffed),
}


def changed(number: int, kind: str) -> bytes:
    """The file that a number and a kind stand for."""
    chance = random.Random(f"{number} {kind}")
    data = chance.choice(seeds()[kind])
    for _ in range(chance.choice((1, 1, 1, 2))):
        try:
            data = chance.choice(CHANGES[kind])(chance, data)
        except Exception:  # an archive that was changed before is none any more
            data = flipped(chance, data)
    return data


# --- files that are built to hurt


def heavy() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Names and makers of files that take what a reader would give."""
    names = NAMESPACES.encode()
    yield "100 000 paragraphs", lambda: word(p("Ett stycke med några ord om psykisk hälsa.") * 100_000)
    yield "a table of 60 000 cells", lambda: word(table(row(*["cell"] * 60) * 1000))
    yield (
        "tables in tables in tables",
        lambda: word(_nested("<w:tbl><w:tr><w:tc>", p("inre"), "<w:p/></w:tc></w:tr></w:tbl>", 60)),
    )
    yield (
        "controls in controls",
        lambda: word(_nested("<w:sdt><w:sdtContent>", p("inre"), "</w:sdtContent></w:sdt>", 110)),
    )
    yield "XML deeper than any", lambda: word(_nested("<w:ins>", "", "</w:ins>", 100_000))
    yield "a bomb of zeros", lambda: word(p("x"), extra={"word/media/a.bin": b"\0" * 310_000_000})
    yield "a bomb of white space", lambda: word(" " * 70_000_000)
    yield (
        "a billion laughs",
        lambda: _replaced(word(p("x")), b"<w:document", _laughs() + b"<w:document", b"</w:body>", b"&i;</w:body>"),
    )
    yield "one word of ten million letters", lambda: word(p("a" * 9_000_000))
    yield (
        "50 000 styles in a chain",
        lambda: word(
            p("x", style="S49999"), styles="".join(style(f"S{n}", f"s{n}", based=f"S{n - 1}") for n in range(50_000))
        ),
    )
    yield "100 000 boxes in one paragraph", lambda: word(p(*[box(p("r"))] * 4000))
    yield (
        "1 000 000 cells",
        lambda: _sheet(b"".join(b"<row>" + b"<c><v>1</v></c>" * 1000 + b"</row>" for _ in range(1000))),
    )
    yield (
        "merged cells over everything",
        lambda: _sheet(
            b"<row><c><v>1</v></c></row>",
            b"<mergeCells>" + b'<mergeCell ref="A1:XFD1048576"/>' * 50_000 + b"</mergeCells>",
        ),
    )
    yield (
        "500 000 shared strings",
        lambda: _sheet(b'<row><c t="s"><v>1</v></c></row>', strings=b"<si><t>text</t></si>" * 500_000),
    )
    yield (
        "2 000 pages",
        lambda: pdf_files.pdf([pdf_files.lines(60, 100, ["Ett stycke om psykisk hälsa i länet."] * 20)] * 2000),
    )
    yield "a page of 300 000 letters", lambda: pdf_files.pdf([pdf_files.lines(60, 20, ["a b " * 25] * 3000, step=0.2)])
    yield (
        "a page of 100 000 lines",
        lambda: pdf_files.pdf(
            [
                "".join(pdf_files.rule(n % 500, n % 800, n % 500 + 20, n % 800 + 20 * (n % 2)) for n in range(100_000))
                + pdf_files.text(9, 9, "x")
            ]
        ),
    )
    yield "a page that unpacks to 900 MB", _packed_page
    yield (
        "forms that draw themselves",
        lambda: _replaced(
            pdf_files.pdf(["/Im Do " + pdf_files.text(60, 60, "x")]), b"/Subtype /Image", b"/Subtype /Form "
        ),
    )
    yield "lists in lists", lambda: pdf_files.pdf(["[" * 1_000_000 + pdf_files.text(60, 60, "x")])
    yield "a line of 20 million letters", lambda: b"abc " * 5_000_000
    yield "3 million lines", lambda: b"1. Mal\n" * 3_000_000
    yield (
        "names of namespaces",
        lambda: word("<w:p " + " ".join(f'xmlns:n{n}="u{n}"' for n in range(20_000)) + "/>" + p("x")) if names else b"",
    )


def _nested(start: str, inner: str, end: str, depth: int) -> str:
    return start * depth + inner + end * depth


def _laughs() -> bytes:
    rows = [b'<!ENTITY a "ha">', *(f'<!ENTITY {n} "{f"&{chr(ord(n) - 1)};" * 10}">'.encode() for n in "bcdefghi")]
    return b"<!DOCTYPE x [" + b"".join(rows) + b"]>"


def _replaced(data: bytes, *pairs: bytes) -> bytes:
    """A file with some of its bytes exchanged, inside its parts where it is an archive."""
    exchanges = list(zip(pairs[::2], pairs[1::2], strict=True))
    if not data.startswith(b"PK"):
        for old, new in exchanges:
            data = data.replace(old, new)
        return data
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            for old, new in exchanges if name == "word/document.xml" else ():
                content = content.replace(old, new)
            target.writestr(name, content)
    return made.getvalue()


def _sheet(rows: bytes, after: bytes = b"", strings: bytes = b"") -> bytes:
    main = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(_excel())) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = b"<worksheet " + main + b"><sheetData>" + rows + b"</sheetData>" + after + b"</worksheet>"
            elif name == "xl/sharedStrings.xml" and strings:
                content = b"<sst " + main + b">" + strings + b"</sst>"
            target.writestr(name, content)
    return made.getvalue()


def _packed_page() -> bytes:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 10_000_000) for _ in range(90)) + packer.flush()
    data = pdf_files.pdf([pdf_files.text(60, 60, "x")])
    start = data.index(b"stream\nBT")
    begin = data.rindex(b"<< /Length", 0, start)
    end = data.index(b"endstream", start)
    head = f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode()
    return data[:begin] + head + packed + b"\n" + data[end:]


def try_heavy(name: str, make: Callable[[], bytes]) -> str:
    """How the process of its own met a file: "read" or a code, and how long it took. Raises Failure."""
    content = make()
    start = time.monotonic()
    try:
        read_safely(content, name)
        outcome = "read"
    except Unreadable as error:
        if error.code == "crashed":
            raise Failure(f"{name}: crashed {error.params}") from error
        outcome = error.code
    return f"{name}: {outcome} in {time.monotonic() - start:.1f} s"


# --- running


def run(seconds: float, seed: int, kinds: list[str], tell: Callable[[str], object]) -> Counter[str]:
    """Change and read files until the time is over; how it went, by kind. Raises Failure with a file's number."""
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    warnings.filterwarnings("ignore", message="Duplicate name", module="zipfile")
    outcomes: Counter[str] = Counter()
    end = time.monotonic() + seconds
    number = seed
    while time.monotonic() < end:
        for kind in kinds:
            content = changed(number, kind)
            try:
                outcomes[f"{kind}: {check(content)}"] += 1
            except Failure as failure:
                folder = Path(tempfile.gettempdir()) / "fuzz-failures"
                folder.mkdir(exist_ok=True)
                (folder / f"{number}-{kind}").write_bytes(content)
                tell(f"{number} {kind}: {failure}\n{traceback.format_exc(limit=-4)}")
                raise Failure(f"file {number} {kind}: {failure}") from failure
        number += 1
    return outcomes


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1, help="the number of the first file")
    parser.add_argument("--kind", choices=list(CHANGES), action="append")
    parser.add_argument("--heavy", action="store_true")
    options = parser.parse_args(arguments)
    try:
        if not options.heavy:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        if options.heavy:
            for name, make in heavy():
                sys.stdout.write(try_heavy(name, make) + "\n")
                sys.stdout.flush()
            return 0
        outcomes = run(options.seconds, options.seed, options.kind or list(CHANGES), sys.stderr.write)
    except Failure as failure:
        sys.stdout.write(f"FAILED {failure}\n")
        return 1
    for outcome, times in sorted(outcomes.items()):
        sys.stdout.write(f"{times:>7}  {outcome}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
