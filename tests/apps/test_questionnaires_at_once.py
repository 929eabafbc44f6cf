"""Several connections write to one report in the same moment."""

from __future__ import annotations

import threading

from django.db import connection

from samplan.apps.questionnaires.models import Answer, ReportRequest
from samplan.apps.questionnaires.operations import Saved, Typed, save_answers
from samplan.domain.access import Actor, Assignment, Role
from tests.small_year import AT, load_places, make_year


def test_concurrent_saves_keep_one_text_and_name_the_other(committed: None) -> None:
    """Two people press Save on the same answer at once: one is stored, the other comes back as a conflict."""
    load_places()
    asked = make_year().issued().shares.order_by("id")[0].request
    held = Assignment(Role.PARTY_REPORTER, asked.county, asked.party.organisation_id)
    gate = threading.Barrier(4)
    results: list[Saved] = []

    def press(name: str) -> None:
        try:
            gate.wait(10)
            results.append(save_answers(
                by=Actor(kind="account", name=name, assignments=(held,)), at=AT,
                request=ReportRequest.objects.get(pk=asked.pk),
                answers={"done": Typed(f"Text av {name}"), "people": Typed("7")},
            ))  # fmt: skip
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(f"person {number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(results) == 4
    assert sum("done" in saved.stored for saved in results) == 1
    assert sum("done" in saved.conflicts for saved in results) == 3
    assert Answer.objects.filter(request=asked, code="done").count() == 1
    assert Answer.objects.get(request=asked, code="people").value == "7"
