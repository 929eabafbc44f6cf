"""A PDF over two pages, as its lines: bold headings in the size of the text, divided words, a running head."""

from __future__ import annotations

from samplan.domain.reading.source import SourceDocument
from tests.reading.made_up import drawn

HEAD = ("Regional plan 2025", 8.0, False, 60.0, 0.0)


def _line(text: str, gap: float = 0.2) -> tuple[str, float, bool, float, float]:
    return (text, 11.0, False, 60.0, gap)


def _bold(text: str, gap: float = 1.2) -> tuple[str, float, bool, float, float]:
    return (text, 11.0, True, 60.0, gap)


def document() -> SourceDocument:
    return drawn(
        [
            HEAD,
            _bold("1 Inledning"),
            _line("Regionen redovisar här sina insatser. Arbetet har bedrivits till-", 0.5),
            _line("sammans med kommunerna och civilsamhället under hela året."),
            _bold("2 Bättre tillgänglighet"),
            _line("Området gäller väntetider i öppenvården.", 0.5),
            _bold("2.1 Redovisade insatser"),
            _bold("Kvällsmottagning", 0.8),
            _line("Mottagningen har öppet två kvällar i veckan och drivs av sjuk-", 0.5),
            _line("sköterskor."),
            _bold("Förväntat resultat", 0.8),
            _line("Kortare väntan för den som arbetar dagtid.", 0.5),
            ("1", 8.0, False, 300.0, 4.0),
        ],
        [
            HEAD,
            _bold("Utfall", 0.8),
            _line("Väntetiden är sju dagar kortare.", 0.5),
            _bold("Digital triage", 0.8),
            _line("Frågor besvaras på nätet före besöket.", 0.5),
            _bold("Förväntat resultat", 0.8),
            _line("Rätt vård från början.", 0.5),
            _bold("3 Ekonomi"),
            _line("Insatserna har kostat 2,5 mkr.", 0.5),
            ("2", 8.0, False, 300.0, 4.0),
        ],
        [
            HEAD,
            _bold("4 Vad händer nu"),
            _line("Regionen fortsätter under 2026.", 0.5),
            ("3", 8.0, False, 300.0, 4.0),
        ],
    )


TRUTH = {
    "title": "",
    "years": [2025],
    "amounts": [2500000],
    "areas": [
        {
            "number": "2",
            "title": "Bättre tillgänglighet",
            "fields": {"description": "Området gäller väntetider i öppenvården."},
            "activities": [
                {"title": "Kvällsmottagning", "fields": {
                    "description": "Mottagningen har öppet två kvällar i veckan och drivs av sjuksköterskor.",
                    "goal": "Kortare väntan för den som arbetar dagtid.",
                    "result": "Väntetiden är sju dagar kortare."}},
                {"title": "Digital triage", "fields": {
                    "description": "Frågor besvaras på nätet före besöket.", "goal": "Rätt vård från början."}},
            ],
        },
    ],
}  # fmt: skip
