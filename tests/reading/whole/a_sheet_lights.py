"""Excel: the year's follow-up, areas as rows over all columns, colours and words for how it went."""

from __future__ import annotations

from typing import Any

from tests.reading.whole.pens import excel

HEAD = ("Aktivitet", "Effektmål", "Utförare", "Status", "Vad blev resultatet?", "Fortsättning")
AREAS = {
    "Insatsområde 1 – Jämlik hälsa": (
        ("Hälsoguider på sex språk", "Fler hittar rätt", "Folkhälsan", "Grön", "Tolv guider är utbildade",
         "Fortsätter i linjen"),
        ("Nyanlända ungas hälsa", "Alla får samtal", "Elevhälsan", "Gul", "Hälften har fått samtal",
         "Nya tider i vår"),
    ),
    "Insatsområde 2 – Kris och stöd": (
        ("Krisstöd efter självmord", "Stöd inom ett dygn", "Krisjouren", "Röd", "Ingen jour på helger",
         "Avtal skrivs under 2026"),
        ("Efterlevandegrupper", "En grupp per år", "Kyrkan", "pågår enligt plan", "Sju har deltagit", ""),
    ),
}  # fmt: skip


def content() -> bytes:
    def fill(book: Any) -> None:
        bold = book.add_format({"bold": True})
        grey = book.add_format({"bold": True, "bg_color": "#dddddd"})
        sheet = book.add_worksheet("Uppföljning")
        sheet.write(0, 0, "Uppföljning av länets handlingsplan 2025 – Västmanlands län", bold)
        sheet.write(1, 0, "Grön: klart eller enligt plan. Gul: försenat. Röd: inte påbörjat.")
        sheet.write_row(3, 0, HEAD, bold)
        line = 4
        for name, rows in AREAS.items():
            sheet.merge_range(line, 0, line, 5, name, grey)
            for n, row in enumerate(rows, start=line + 1):
                sheet.write_row(n, 0, row)
            line += len(rows) + 1

    return excel(fill)


TRUTH = {
    "title": "Uppföljning av länets handlingsplan 2025 – Västmanlands län",
    "county": "19",
    "years": [2025],
    "areas": [
        {
            "number": str(n),
            "title": name.split(" – ")[1],
            "activities": [
                {
                    "title": row[0],
                    "fields": {
                        key: text
                        for key, text in zip(
                            ("goal", "responsible", "goal_fulfilment", "result", "next_steps"), row[1:], strict=True
                        )
                        if text
                    },
                }
                for row in rows
            ],
        }
        for n, (name, rows) in enumerate(AREAS.items(), start=1)
    ],
}
