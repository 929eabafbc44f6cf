"""Plain text: a plan by goals without numbers, activities that a sentence leads in, money in a typed table."""

from __future__ import annotations

from samplan.domain.reading.source import SourceDocument
from tests.reading.made_up import typed

TEXT = """Plan för psykisk hälsa och suicidprevention 2025 i Granfors län

Om planen

Planen visar vad länet gör för de statliga medlen. Områden i planen är:

- Trygg start i livet
- Stöd till äldre

Medel

| Del av överenskommelsen | Region | Kommuner | Länsgemensamt |
|---|---|---|---|
| 3.1 Barn och unga | 4 200 000 | 1 100 000 | |
| 3.2 Suicidprevention | | | 2 650 000 |
| Summa | 4 200 000 | 1 100 000 | 2 650 000 |

Trygg start i livet

Små barn kan inte vänta. Därför satsar länet på stöd under graviditet och det första året.

Långsiktiga mål

- Fler barn har en trygg anknytning.

Kortsiktiga mål

- Alla blivande föräldrar får frågor om hur de mår.
- Två nya familjecentraler öppnar.

Under året genomförs följande aktiviteter:

1. Utbildning för barnmorskor. Den hålls två gånger.

2. Stödlinje för nyblivna föräldrar

Stöd till äldre

Äldre söker sällan hjälp för sitt mående.

Kortsiktiga mål

- Hemtjänsten kan upptäcka nedstämdhet.

Under året genomförs följande aktiviteter:

- Mötesplatser med samtalsledare
- Telefonvänner
"""


def document() -> SourceDocument:
    return typed(TEXT)


TRUTH = {
    "title": "Plan för psykisk hälsa och suicidprevention 2025 i Granfors län",
    "years": [2025],
    "money": [["3.1", "region", 4200000], ["3.1", "municipalities", 1100000], ["3.2", "joint", 2650000]],
    "areas": [
        {
            "title": "Trygg start i livet",
            "fields": {"description": "Små barn kan inte vänta. Därför satsar länet på stöd under graviditet och det "
                       "första året."},
            "goals_long": ["Fler barn har en trygg anknytning."],
            "goals_short": ["Alla blivande föräldrar får frågor om hur de mår.", "Två nya familjecentraler öppnar."],
            "activities": [
                {"number": "1", "title": "Utbildning för barnmorskor", "fields": {
                    "description": "Den hålls två gånger."}},
                {"number": "2", "title": "Stödlinje för nyblivna föräldrar"},
            ],
        },
        {
            "title": "Stöd till äldre",
            "fields": {"description": "Äldre söker sällan hjälp för sitt mående."},
            "goals_short": ["Hemtjänsten kan upptäcka nedstämdhet."],
            "activities": [{"title": "Mötesplatser med samtalsledare"}, {"title": "Telefonvänner"}],
        },
    ],
}  # fmt: skip
