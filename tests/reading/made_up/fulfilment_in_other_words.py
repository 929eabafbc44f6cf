"""Plain text, a paragraph a line: plan and report in one, with other words for what came of it and what is next."""

from __future__ import annotations

from samplan.domain.reading.source import SourceDocument
from tests.reading.made_up import typed

TEXT = """Redovisning av länets arbete 2024

1 Om redovisningen

Redovisningen visar vad parterna har gjort under året.

2 Vårt gemensamma arbete

2.1 Nätverk för samordnare

Nätverket träffas varje månad och delar erfarenheter.

2.1.1 Uppnådda mål

Alla kommuner har haft en samordnare på plats.

2.1.2 Nästa steg

Nätverket bjuder in frivilliga organisationer.

2.2 Psykisk hälsa på jobbet

Arbetsgivare får stöd att upptäcka ohälsa i tid.

2.3 Stöd efter suicid

Efterlevande kontaktas inom en vecka.

2.3.1 Uppnådda mål

Rutinen finns på alla sjukhus.

2.3.2 Nästa steg

Rutinen införs i primärvården.

2.4 Grupper som möts

Arbetsgruppen för äldre har haft fyra möten.

3 Pengar

Länet fick 3,4 miljoner kronor och använde 3 100 tkr.
"""


def document() -> SourceDocument:
    return typed(TEXT)


TRUTH = {
    "title": "Redovisning av länets arbete 2024",
    "years": [2024],
    "amounts": [3400000, 3100000],
    "chapters": [
        ["1", "Om redovisningen", "Redovisningen visar vad parterna har gjort under året."],
        ["2", "Vårt gemensamma arbete", ""],
        ["2.4", "Grupper som möts", "Arbetsgruppen för äldre har haft fyra möten."],
        ["3", "Pengar", "Länet fick 3,4 miljoner kronor och använde 3 100 tkr."],
    ],
    "areas": [
        {"number": "2.1", "title": "Nätverk för samordnare", "fields": {
            "description": "Nätverket träffas varje månad och delar erfarenheter.",
            "goal_fulfilment": "Alla kommuner har haft en samordnare på plats.",
            "next_steps": "Nätverket bjuder in frivilliga organisationer."}},
        {"number": "2.2", "title": "Psykisk hälsa på jobbet", "fields": {
            "description": "Arbetsgivare får stöd att upptäcka ohälsa i tid."}},
        {"number": "2.3", "title": "Stöd efter suicid", "fields": {
            "description": "Efterlevande kontaktas inom en vecka.", "goal_fulfilment": "Rutinen finns på alla sjukhus.",
            "next_steps": "Rutinen införs i primärvården."}},
    ],
}  # fmt: skip
