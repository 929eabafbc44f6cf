"""Every write about forms, requests and answers (`reports`), and about parts in a colleague's hands (`parts`)."""

from samplan.apps.questionnaires.operations.parts import hand_over, move_part
from samplan.apps.questionnaires.operations.reports import (
    Saved,
    Typed,
    ask,
    ask_for_effort,
    change_form,
    create_form,
    move_request,
    save_answers,
    unwaived,
    waive_number,
)

__all__ = [
    "Saved",
    "Typed",
    "ask",
    "ask_for_effort",
    "change_form",
    "create_form",
    "hand_over",
    "move_part",
    "move_request",
    "save_answers",
    "unwaived",
    "waive_number",
]
