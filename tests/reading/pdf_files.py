"""PDF files written by hand: pages of raw content, for what no program writes twice the same way.

`pdf([page, ...])` makes a file of pages; `text(x, y, words)` writes words at a place, counted in points from the upper
left corner as the readers count them; `rule` draws a line. F1 is Helvetica, F2 the bold one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

HEIGHT = 842.0
WIDTH = 595.0


@dataclass
class Sheet:
    """A page: its content, how it is turned when shown, links (place and address), whether a picture covers it."""

    content: str
    rotate: int = 0
    links: Sequence[tuple[float, float, float, float, str]] = ()
    picture: bool = False
    size: tuple[float, float] = (WIDTH, HEIGHT)
    extra: str = field(default="")


def escaped(words: str) -> str:
    """A string of a content stream in Windows' Western European letters."""
    text = ""
    for byte in words.encode("cp1252"):
        character = chr(byte)
        if character in "()\\":
            text += "\\" + character
        elif 32 <= byte < 127:
            text += character
        else:
            text += f"\\{byte:03o}"
    return f"({text})"


def text(x: float, y: float, words: str, size: float = 11, font: str = "F1", height: float = HEIGHT) -> str:
    """Words whose baseline stands `y` points below the upper edge."""
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {height - y} Tm {escaped(words)} Tj ET\n"


def bold(x: float, y: float, words: str, size: float = 11) -> str:
    return text(x, y, words, size, "F2")


def lines(x: float, y: float, words: Sequence[str], size: float = 11, step: float = 14) -> str:
    return "".join(text(x, y + n * step, line, size) for n, line in enumerate(words))


def turned(x: float, y: float, words: str, matrix: str, size: float = 11) -> str:
    """Words under a matrix of four numbers: "0 1 -1 0" runs up the page."""
    return f"BT /F1 {size} Tf {matrix} {x} {HEIGHT - y} Tm {escaped(words)} Tj ET\n"


def rule(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"0.5 w {x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S\n"


def frame(xs: Sequence[float], ys: Sequence[float]) -> str:
    """The lines of a table."""
    across = "".join(rule(xs[0], y, xs[-1], y) for y in ys)
    return across + "".join(rule(x, ys[0], x, ys[-1]) for x in xs)


def pdf(pages: Sequence[Sheet | str], title: str = "") -> bytes:
    """The file, with its table of references."""
    objects: list[bytes] = []

    def add(body: str | bytes) -> int:
        objects.append(body if isinstance(body, bytes) else body.encode("latin-1"))
        return len(objects)

    font = "<< /Type /Font /Subtype /Type1 /BaseFont /{} /Encoding /WinAnsiEncoding >>"
    fonts = [add(font.format(name)) for name in ("Helvetica", "Helvetica-Bold")]
    image = add(
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 "
        b"/Length 1 >>\nstream\n\x80\nendstream"
    )
    root = len(objects) + 1
    objects.append(b"")
    kids = []
    for one in pages:
        sheet = one if isinstance(one, Sheet) else Sheet(one)
        wide, high = sheet.size
        picture = f"q {wide} 0 0 {high} 0 0 cm /Im Do Q\n" if sheet.picture else ""
        data = (picture + sheet.content).encode("latin-1")
        stream = add(f"<< /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream")
        notes = "".join(
            f"<< /Type /Annot /Subtype /Link /Rect [{x0} {high - bottom} {x1} {high - top}] "
            f"/A << /S /URI /URI ({address}) >> >> "
            for x0, top, x1, bottom, address in sheet.links
        )
        kids.append(
            add(
                f"<< /Type /Page /Parent {root} 0 R /MediaBox [0 0 {wide} {high}] /Rotate {sheet.rotate} "
                f"/Contents {stream} 0 R /Annots [{notes}] {sheet.extra} /Resources << "
                f"/Font << /F1 {fonts[0]} 0 R /F2 {fonts[1]} 0 R >> /XObject << /Im {image} 0 R >> >> >>"
            )
        )
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    objects[root - 1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{listed}] >>".encode()
    catalog = add(f"<< /Type /Catalog /Pages {root} 0 R >>")
    information = add(f"<< /Title ({title}) >>")
    made = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(made))
        made += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(made)
    made += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    made += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    made += f"trailer\n<< /Size {len(objects) + 1} /Root {catalog} 0 R /Info {information} 0 R >>\n".encode()
    return made + f"startxref\n{start}\n%%EOF\n".encode()
