"""The command line's texts, from the pages' catalogue but without the web framework. Swedish unless English is set.

`_` translates where a text is shown; `gettext_noop` marks one that is shown later.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

LOCALE = Path(__file__).resolve().parents[2] / "locale"


def language(environment: Mapping[str, str] = os.environ) -> str:
    """Code "en" when the first set one of LANGUAGE, LC_ALL, LC_MESSAGES, LANG begins with it, otherwise "sv"."""
    names = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    chosen = next((value for name in names if (value := environment.get(name, ""))), "")
    return "en" if chosen.lower().startswith("en") else "sv"


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    # The texts in the code are Swedish, so a missing catalogue means Swedish.
    if code == "sv":
        return gettext.NullTranslations()
    return gettext.translation("django", LOCALE, languages=[code], fallback=True)


def _(text: str) -> str:
    return _catalogue(language()).gettext(text)


def gettext_noop(text: str) -> str:
    return text
