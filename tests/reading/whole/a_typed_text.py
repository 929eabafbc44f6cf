"""Text out of a mail: capitals for chapters, hard line breaks, labels on their own lines, words broken at line ends."""

from __future__ import annotations

TEXT = """HANDLINGSPLAN PSYKISK HÄLSA 2025
Jämtlands län

Antagen av Sociala vård- och omsorgsgruppen den 3 april 2025

INLEDNING

Den här planen är skriven för alla som arbetar med psykisk
hälsa i länet. Den beskriver vad vi gör tillsammans under
året och vem som tar ansvar för vad.

INSATSOMRÅDE 1: BARN OCH UNGAS UPPVÄXT

Allt fler barn söker hjälp. Kommunerna och regionen möter
samma familjer och behöver en gemensam plan för förebygg-
ande arbete och för barn-, elev- och primärvård.

Långsiktigt mål
Barn får hjälp utan att behöva vänta.

Kortsiktiga mål
- Alla skolor har en kontaktperson i vården.
- Föräldrautbildning finns på tre orter.

Insats 1.1: Kontaktpersoner i vården
Varje vårdcentral utser en person som skolorna kan ringa.
Ansvarig: Primärvården
Tidsplan: senast 30 juni 2025
Budget: 180 tkr

Insats 1.2: Föräldrautbildning i Strömsund, Åre och Berg
Utbildningen ges på kvällar och går att följa på nätet.
Ansvarig: Socialtjänsten i respektive kommun
Tidsplan: hösten 2025
Budget: 0,4 mkr

INSATSOMRÅDE 2: PSYKISK HÄLSA HOS ÄLDRE

Äldre män tar sitt liv oftare än andra.

Långsiktigt mål
Ingen äldre ska vara ofrivilligt ensam.

Insats 2.1: Samtalsvän per telefon
Frivilliga ringer en gång i veckan.
Ansvarig: Pensionärsorganisationerna
Tidsplan: start 1 maj 2025
Budget: 25 000 kronor

UPPFÖLJNING

Planen följs upp i november 2025.
"""
NAMES = ("Ansvarig", "Tidsplan", "Budget")


def content() -> bytes:
    return TEXT.encode()


def _insats(number: str, title: str, description: str, *fields: str) -> dict[str, object]:
    named = dict(zip(("responsible", "timeline", "budget"), fields, strict=True))
    return {"number": number, "title": title, "fields": {"description": description, **named}}


TRUTH = {
    "title": "HANDLINGSPLAN PSYKISK HÄLSA 2025",
    "county": "23",
    "years": [2025],
    "amounts": [180000, 400000, 25000],
    "dates": ["3 april 2025", "30 juni 2025", "hösten 2025", "1 maj 2025", "november 2025"],
    "chapters": [
        ["", "INLEDNING", "Den här planen är skriven för alla som arbetar med psykisk hälsa i länet. Den beskriver vad vi "
         "gör tillsammans under året och vem som tar ansvar för vad."],
        ["", "UPPFÖLJNING", "Planen följs upp i november 2025."],
    ],
    "areas": [
        {
            "number": "1",
            "title": "BARN OCH UNGAS UPPVÄXT",
            "fields": {
                "description": "Allt fler barn söker hjälp. Kommunerna och regionen möter samma familjer och behöver en "
                "gemensam plan för förebyggande arbete och för barn-, elev- och primärvård."
            },
            "goals_long": ["Barn får hjälp utan att behöva vänta."],
            "goals_short": ["Alla skolor har en kontaktperson i vården.", "Föräldrautbildning finns på tre orter."],
            "activities": [
                _insats("1.1", "Kontaktpersoner i vården", "Varje vårdcentral utser en person som skolorna kan ringa.",
                        "Primärvården", "senast 30 juni 2025", "180 tkr"),
                _insats("1.2", "Föräldrautbildning i Strömsund, Åre och Berg", "Utbildningen ges på kvällar och går att "
                        "följa på nätet.", "Socialtjänsten i respektive kommun", "hösten 2025", "0,4 mkr"),
            ],
        },
        {
            "number": "2",
            "title": "PSYKISK HÄLSA HOS ÄLDRE",
            "fields": {"description": "Äldre män tar sitt liv oftare än andra."},
            "goals_long": ["Ingen äldre ska vara ofrivilligt ensam."],
            "activities": [
                _insats("2.1", "Samtalsvän per telefon", "Frivilliga ringer en gång i veckan.",
                        "Pensionärsorganisationerna", "start 1 maj 2025", "25 000 kronor"),
            ],
        },
    ],
}  # fmt: skip
