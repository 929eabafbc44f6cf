"""What is said of a file that cannot be read, and of one that could: Swedish, marked; the caller translates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from samplan.edges.imports.errors import Unreadable


def gettext_noop(text: str) -> str:
    """Marks a text that is translated where it is shown."""
    return text


_SENTENCES: Final = {
    "broken": gettext_noop("filen är trasig. Öppna den i programmet den kommer från och spara den på nytt."),
    "empty": gettext_noop("filen innehåller ingen text."),
    "scanned": gettext_noop("filen innehåller bara bilder av sidor. Den behöver textigenkänning (OCR) först."),
    "encrypted": gettext_noop("filen är skyddad med lösenord. Ta bort skyddet och försök igen."),
    "too_large": gettext_noop("filen är för stor; högst %(megabytes)s MB."),
    "unpacked_too_large": gettext_noop("filen blir för stor när den packas upp; högst %(megabytes)s MB."),
    "unsafe": gettext_noop("filen innehåller egna XML-definitioner, som inga kontorsprogram skriver, och läses inte."),
    "timeout": gettext_noop("filen tog för lång tid att läsa; högst %(seconds)s sekunder."),
    "memory": gettext_noop("filen kräver för mycket minne att läsa; högst %(megabytes)s MB."),
    "crashed": gettext_noop("läsningen av filen stannade utan svar."),
    "unknown_kind": gettext_noop("filen är av ett slag som inte läses. Word, Excel, PDF och ren text går bra."),
}  # fmt: skip
_SAVE_AS: Final = {
    "doc": gettext_noop("filen är i Words äldre format (.doc). Spara den som .docx och försök igen."),
    "xls": gettext_noop("filen är i Excels äldre format (.xls). Spara den som .xlsx och försök igen."),
    "xlsb": gettext_noop("filen är i Excels binära format (.xlsb). Spara den som .xlsx och försök igen."),
    "opendocument": gettext_noop("filen är i OpenDocument-format. Spara den som .docx eller .xlsx och försök igen."),
    "rtf": gettext_noop("filen är i RTF-format. Spara den som .docx och försök igen."),
    "powerpoint": gettext_noop("filen är en presentation. Spara den som PDF och försök igen."),
    "picture": gettext_noop("filen är en bild. Text i bilder läses inte."),
    "archive": gettext_noop("filen är ett arkiv. Packa upp det och lägg in en fil i taget."),
}
_NOTICES: Final = {
    "macros": gettext_noop("Filen innehåller makron. De har inte körts, och bara texten är läst."),
    "hidden_sheet": gettext_noop("Bladet %(what)s är dolt i filen och är läst ändå."),
    "pictures": gettext_noop("Sida %(what)s är en bild utan text och är inte läst."),
}

Translate = Callable[[str], str]


def sentence(error: Unreadable, translate: Translate) -> str:
    """Why the file cannot be read, to stand after a colon."""
    params = dict(error.params)
    if "limit" in params:
        params["megabytes"] = params["limit"] // 1_000_000
    text = _SAVE_AS.get(str(params.get("found", ""))) or _SENTENCES[error.code]
    return translate(text) % params


def notice(code: str, what: str, translate: Translate) -> str:
    """What a person should know of a file that was read: a whole sentence."""
    return translate(_NOTICES[code]) % {"what": what}
