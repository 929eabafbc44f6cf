"""Markdown: one table for all with links and bold in its cells, aligned columns, money with and without a unit."""

from __future__ import annotations

from tests.reading.whole import activities

HEAD = ("Insatsområde", "Insats", "Syfte", "Ansvarig", "Tidplan", "Budget (tkr)", "Status")
KEYS = {
    "Insats": "title", "Syfte": "purpose", "Ansvarig": "responsible", "Tidplan": "timeline", "Budget (tkr)": "budget",
    "Status": "goal_fulfilment",
}  # fmt: skip
ROWS = (
    ("Tidiga insatser", "Hembesök", "Trygg start", "Barnhälsovården", "2026", "1 400", "Grön"),
    ("Tidiga insatser", "Föräldrachatt", "Svar samma dag", "Familjerådgivningen", "hösten 2026", "220", "Gul"),
    ("Återhämtning", "Naturterapi", "Lugn och ro", "Skogsstyrelsen", "2026–2027", "75", "Röd"),
)


def content() -> bytes:
    rows = [HEAD, *ROWS]
    listed = [f"| {' | '.join(row)} |" for row in rows]
    listed.insert(1, "|:---|:---|---|:---:|---|---:|---|")
    text = "# Uppföljning av länsplanen 2026, Dalarnas län\n\nSammanställd av länsgruppen.\n\n## Alla insatser\n\n"
    return (text + "\n".join(listed) + "\n\n## Nästa år\n\nArbetet fortsätter.\n").encode()


TRUTH = {
    "title": "Uppföljning av länsplanen 2026, Dalarnas län",
    "county": "20",
    "years": [2026],
    "amounts": [1400000, 220000, 75000],
    "areas": [
        {"title": name, "activities": activities(KEYS, HEAD[1:], tuple(row[1:] for row in ROWS if row[0] == name))}
        for name in dict.fromkeys(row[0] for row in ROWS)
    ],
}
