"""The year's needs in their order, and moved in it: by buttons, and with scripts by mouse, finger and arrow keys."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samplan.apps.needs.labels import NEED_STATES
from samplan.apps.needs.models import Need
from samplan.apps.needs.operations import WAYS, move_need
from samplan.apps.needs.queries import needs_of
from samplan.apps.needs.views import M, plain
from samplan.base.kernel.once import once
from samplan.base.kernel.pages import actor_of, see
from samplan.domain.access import Actor, may
from samplan.domain.editing import text_hash


@once
def needs(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """The needs, most important first. A press says which need, which way, and the order that was seen."""
    actor = actor_of(request)
    see(actor, county)
    found = list(needs_of(county, year))
    if request.method == "POST":
        may(actor, M, county=county).demand()
        return _move(request, actor, found, reverse("needs:list", args=[county, year]))
    rows = [
        {"need": need, "state": NEED_STATES[need.state], "text": plain(need.text), "origin": plain(need.origin)}
        for need in found
    ]
    context = {
        "county": county, "year": year, "rows": rows, "seen": _mark(found), "lead": _lead(found),
        "may_manage": bool(may(actor, M, county=county)),
    }  # fmt: skip
    return render(request, "needs/list.html", context)


def _move(request: HttpRequest, actor: Actor, found: list[Need], back: str) -> HttpResponse:
    """Move the need that `move` names ("up:<uid>", "before:<uid>:<uid>") and lead back to it. Who did not see the order
    as it is now is told that another has sorted; the move holds all the same."""
    by_uid = {str(need.uid): need for need in found}
    way, uid, neighbour = ([*request.POST.get("move", "").split(":", 2), "", ""])[:3]
    need, before = by_uid.get(uid), by_uid.get(neighbour)
    if need is None or way not in WAYS or (way == "before") != (before is not None):
        messages.warning(request, _("Ordningen har ändrats av någon annan. Här är den som den är nu."))
        return redirect(back)
    place = move_need(by=actor, at=timezone.now(), need=need, way=way, before=before)
    words = _("%(title)s är nu nummer %(place)s av %(all)s.")
    messages.success(request, words % {"title": need.title, "place": place, "all": len(found)})
    if request.POST.get("seen", "") not in {"", _mark(found)}:
        messages.info(request, _("Någon annan har sorterat samtidigt. Båda ändringarna gäller."))
    return redirect(f"{back}#behov-{need.uid}")


def _mark(needs: list[Need]) -> str:
    """A short mark of an order, to tell whether it is the one that was seen."""
    return text_hash(" ".join(str(need.uid) for need in needs))[:16]


def _lead(needs: list[Need]) -> str:
    if not needs:
        return _("Vad årets plan har att svara mot, viktigast först.")
    words = ngettext("Ett behov", "%(n)s behov", len(needs)) % {"n": len(needs)}
    urgent = sum(need.state == "must_start" for need in needs)
    if not urgent:
        return _("%(needs)s, viktigast först.") % {"needs": words}
    must = ngettext("Ett måste påbörjas.", "%(n)s måste påbörjas.", urgent) % {"n": urgent}
    return _("%(needs)s, viktigast först.") % {"needs": words} + " " + must
