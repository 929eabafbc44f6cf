"""Word, a report: a form under the heading of each activity, what is done and left, an answer by colour."""

from __future__ import annotations

from tests.reading.whole import fields
from tests.reading.whole.pens import Word

KEYS = {
    "Genomförda aktiviteter": "result", "Måluppfyllelse": "goal_fulfilment", "Kvarstår att göra": "next_steps",
    "Förbrukade medel": "budget", "Ansvarig": "responsible",
}  # fmt: skip
AREAS = {
    "Ungas delaktighet": {
        "Ungdomsråd i alla kommuner": {"Ansvarig": "Fritidscheferna", "Genomförda aktiviteter": "Sju råd är i gång.",
                                       "Måluppfyllelse": "Gul", "Kvarstår att göra": "Två råd ska bildas.",
                                       "Förbrukade medel": "212 500 kr"},
        "Digital brevlåda": {"Ansvarig": "Elevhälsan", "Genomförda aktiviteter": "Hundratals brev har besvarats.",
                             "Måluppfyllelse": "Grön", "Förbrukade medel": "48 tkr"},
    },
    "Trygg hemgång": {
        "Team som möter upp": {"Ansvarig": "Kommunernas hemtjänst", "Genomförda aktiviteter": "Teamet har gjort 140 besök.",
                               "Måluppfyllelse": "Röd", "Kvarstår att göra": "Anställa en sjuksköterska.",
                               "Förbrukade medel": "1,75 mkr"},
    },
}  # fmt: skip


def content() -> bytes:
    word = Word(headings=("Nivå 1", "Nivå 2", "Nivå 3"))
    word.title("Uppföljning 2025 – länsgemensamma insatser för psykisk hälsa i Norrbotten")
    word.h(1, "Sammanfattande bedömning")
    word.p("Arbetet har i stort följt planen.")
    for name, acts in AREAS.items():
        word.h(1, f"Insatsområde {name}")
        for title, card in acts.items():
            word.h(2, title)
            word.card(*card.items())
    return word.saved()


TRUTH = {
    "title": "Uppföljning 2025 – länsgemensamma insatser för psykisk hälsa i Norrbotten",
    "county": "25",
    "years": [2025],
    "amounts": [212500, 48000, 1750000],
    "chapters": [["", "Sammanfattande bedömning", "Arbetet har i stort följt planen."]],
    "areas": [
        {
            "title": f"Insatsområde {name}",
            "activities": [{"title": title, "fields": fields(KEYS, card)} for title, card in acts.items()],
        }
        for name, acts in AREAS.items()
    ],
}
