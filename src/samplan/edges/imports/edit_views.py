"""One press on the checking page is one edit, saved at once."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samplan.base.kernel.once import once
from samplan.base.kernel.pages import actor_of
from samplan.base.kernel.problems import say
from samplan.base.kernel.typed import texts
from samplan.domain.access import Permission, may
from samplan.domain.drafts.edits import Edit
from samplan.domain.drafts.tree import PLAN, Tree
from samplan.domain.errors import DomainError, Invalid, Refused
from samplan.edges.imports.checking import OUT, asked, slot_for
from samplan.edges.imports.edit_labels import Deeds
from samplan.edges.imports.models import Draft, DraftContent, DraftEdit
from samplan.edges.imports.operations.editing import change_draft, take_back
from samplan.edges.imports.queries import as_edit, edits_of, get_draft_for, read_tree, tree_of

_YEAR = re.compile(r"20[0-9]{2}")


@once
@require_POST
def change(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """Carry out one edit, and go back to the part of the draft it was made in."""
    at, actor = timezone.now(), actor_of(request)
    found = get_draft_for(actor, uid, county=county)
    may(actor, Permission.MANAGE_PLAN, county=county).demand()
    data = request.POST
    seen = int(data.get("seen", "")) if data.get("seen", "").isdecimal() else 0
    tree, _failed = tree_of(DraftContent.objects.get(draft=found), edits_of(found))
    try:
        if data.get("action") == "undo":
            number = int(data.get("edit", "")) if data.get("edit", "").isdecimal() else 0
            row = take_back(by=actor, at=at, draft=found, number=number, seen=seen, anyway="anyway" in data)
        else:
            verb, values = wished(tree, data)
            row = change_draft(
                by=actor, at=at, draft=found, verb=verb, values=values, seen=seen, anyway="anyway" in data
            )  # fmt: skip
    except Refused as error:
        if error.code == "draft_changed":
            return _both(request, found, county, year, error)
        if error.code == "forbidden":
            raise
        messages.error(request, say(error))
        return redirect(_back(data, found, county, year))
    except DomainError as error:
        return _typed_again(request, found, county, year, error)
    _tell(request, found, row, seen)
    return redirect(_back(data, found, county, year, row))


def wished(tree: Tree, data: QueryDict) -> tuple[str, dict[str, Any]]:
    """The edit that a press on a button means: (verb, values). Raises Invalid("unknown_choice")."""
    bit, node = data.get("bit", ""), data.get("node", "")
    match data.get("action", ""):
        case "move" if data.get("to") in tree.nodes:
            bits = [name for name in data.getlist("bits") if name] or [bit]
            slot = slot_for(tree, data.get("to", ""), data.get("slot") or "description")
            return "move", {"bits": bits, "node": data.get("to", ""), "slot": slot, "before": data.get("before", "")}
        case "aside":
            return "aside", {"bits": [bit]} if bit else {"node": node}
        case "write":
            return "write", {"bit": bit, "text": data.get("text", "")}
        case "split" if data.get("where", "").isdecimal():
            return "split", {"bit": bit, "at": int(data.get("where", ""))}
        case "join":
            return "join", {"bit": bit, "with": data.get("with", "")}
        case "new":
            kind = data.get("kind", "")
            return "new", {"bit": bit, "kind": kind, "under": _under(tree, kind, bit), "rest": "rest" in data}
        case "rename":
            return "rename", {"node": node, "title": data.get("title", "")}
        case "kind":
            kind = data.get("kind", "")
            return "kind", {"node": node, "kind": kind, "under": _under_for(tree, node, kind)}
        case "sort":
            return "sort", {"node": node, "sort": data.get("sort", "")}
        case "place":
            return "place", {"node": node, "under": data.get("under", ""), "before": data.get("before", "")}
        case "before" if data.get("before") in tree.nodes:
            return "place", {
                "node": node,
                "under": tree.nodes[data.get("before", "")].parent,
                "before": data.get("before", ""),
            }
        case "merge":
            return "merge", {"node": node, "into": data.get("into", "")}
        case "likely" if data.get("question", "").isdecimal() and int(data.get("question", "")) < len(tree.questions):
            answer = asked(tree, int(data.get("question", "")))
            return "write", {"bit": answer["bit"], "text": answer["answer"], "settles": answer["place"]}
        case "settle" if data.get("question", "").isdecimal():
            return "settle", {"question": int(data.get("question", "")), "done": True}
        case "check":
            return "check", {"node": node, "done": data.get("done") != "no"}
        case "years":
            years = sorted({int(one) for one in _YEAR.findall(data.get("years", ""))})
            return "years", {"years": years}
    raise Invalid("unknown_choice", field="action")


def _under(tree: Tree, kind: str, bit: str) -> str:
    """Where a new node made of a bit belongs: beside or under the one that the bit stands in."""
    if kind in ("chapter", "area") or bit not in tree.bits:
        return PLAN
    return _area_of(tree, tree.place_of(bit)[0])


def _under_for(tree: Tree, node: str, kind: str) -> str:
    if kind in ("chapter", "area") or node not in tree.nodes:
        return PLAN
    parent = tree.nodes[node].parent
    return _area_of(tree, parent if tree.nodes[node].kind in ("chapter", "area") else node, other_than=node)


def _area_of(tree: Tree, node: str, other_than: str = "") -> str:
    """The area a node is or stands in, else the area before it in the plan, else the first."""
    step = node
    while step and step != PLAN:
        if tree.nodes[step].kind == "area" and step != other_than:
            return step
        step = tree.nodes[step].parent
    before, first = "", ""
    for one in tree.nodes.values():
        if one.id in (node, other_than):
            break
        before = one.id if one.kind == "area" else before
    first = next((one.id for one in tree.nodes.values() if one.kind == "area" and one.id != other_than), "")
    return before or first


def _back(data: QueryDict, found: Draft, county: str, year: int, row: DraftEdit | None = None) -> str:
    """The part that the person worked in, at the same place; for a part that is done, the next."""
    address = reverse("imports:draft", args=[county, year, found.uid])
    if data.get("next") == "edits":
        return reverse("imports:edits", args=[county, year, found.uid])
    part = data.get("del", "")
    if row is not None and row.verb == "check" and data.get("following"):
        part = data.get("following", "")
    at = data.get("anchor") or data.get("bit") or data.get("node") or ""
    at = "" if row is not None and row.verb == "check" else at
    query = {"del": part} if part else {}
    if row is None and data.get("bit"):
        query["bit"] = data.get("bit", "")
    return address + (f"?{urlencode(query)}" if query else "") + (f"#{at}" if re.fullmatch(r"[\w.-]+", at) else "")


def _tell(request: HttpRequest, found: Draft, row: DraftEdit, seen: int) -> None:
    """What others have done meanwhile; one's own edit is seen on the page and in the button that takes it back."""
    others = [
        one for one in edits_of(found)
        if one.number > seen and one.number != row.number and one.by_id != row.by_id
    ]  # fmt: skip
    if others:
        content = DraftContent.objects.get(draft=found)
        rows = edits_of(found)
        tree, _failed = tree_of(content, rows)
        words = Deeds(tree, read_tree(content), {one.number: as_edit(one) for one in rows})
        told = [f"{one.by_name} {words.of(as_edit(one))}" for one in others[-3:]]
        messages.info(request, _("Medan du läste: %(deeds)s.") % {"deeds": "; ".join(told)})


def _both(request: HttpRequest, found: Draft, county: str, year: int, error: Refused) -> HttpResponse:
    """Another person has done something to the same: both are shown, and the reader chooses."""
    rows = edits_of(found)
    content = DraftContent.objects.get(draft=found)
    tree, _failed = tree_of(content, rows)
    by_number = {row.number: as_edit(row) for row in rows}
    words = Deeds(tree, read_tree(content), by_number)
    theirs = by_number[error.params["edit"]]
    mine = _mine(tree, request.POST)
    context = {
        "county": county, "year": year, "draft": found, "name": error.params["by"], "theirs": words.of(theirs),
        "their_text": theirs.values.get("text", ""), "mine": words.of(mine) if mine else "",
        "my_text": request.POST.get("text", ""), "back": _back(request.POST, found, county, year),
        "fields": [(name, value) for name, values in request.POST.lists() for value in values
                   if name not in ("csrfmiddlewaretoken", "once_key", "seen", "anyway")],
        "seen": found.version,
    }  # fmt: skip
    return render(request, "imports/both.html", context, status=409)


def _mine(tree: Tree, data: QueryDict) -> Edit | None:
    try:
        verb, values = wished(tree, data)
    except Invalid:
        number = data.get("edit", "")
        return Edit(0, "undo", {"edit": int(number)}) if number.isdecimal() else None
    return Edit(0, verb, values)


def _typed_again(request: HttpRequest, found: Draft, county: str, year: int, error: DomainError) -> HttpResponse:
    """What was typed could not be kept: it is given back, with the reason."""
    context = {
        "county": county, "year": year, "draft": found, "problem": say(error), "typed": texts(request.POST),
        "back": _back(request.POST, found, county, year),
        "text": request.POST.get("text", request.POST.get("title", "")),
        "name": "title" if request.POST.get("action") == "rename" else "text",
        "fields": [(name, value) for name, values in request.POST.lists() for value in values
                   if name not in ("csrfmiddlewaretoken", "once_key", "text", "title")],
        "may_write": request.POST.get("action") in ("rename", "write"), "out": OUT,
    }  # fmt: skip
    return render(request, "imports/again.html", context, status=422)
