"""The documents of a county: hand one in, see how far its reading has come, go through its draft."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samplan.base.audit.trace import events_about
from samplan.base.files.store import as_download
from samplan.base.kernel.once import once
from samplan.base.kernel.pages import actor_of, see, tell
from samplan.base.kernel.problems import say
from samplan.base.ui.templatetags.samplan import day
from samplan.domain.access import Permission, may
from samplan.domain.drafts.edits import KINDS, UNDO, in_force
from samplan.domain.drafts.tree import DOING, PLAN, UNDER, Tree, counted
from samplan.domain.drafts.tree import SLOTS as SLOTS_OF
from samplan.domain.errors import DomainError
from samplan.edges.imports.checking import (
    OUT,
    Page,
    asked,
    asks_of,
    breaks,
    choices_of_nodes,
    next_to_check,
    part_for,
    parts_of,
)
from samplan.edges.imports.edit_labels import Deeds
from samplan.edges.imports.errors import Unreadable
from samplan.edges.imports.forms import MEGABYTES, DocumentForm
from samplan.edges.imports.labels import notice, sentence
from samplan.edges.imports.models import Draft, DraftContent, DraftEdit
from samplan.edges.imports.operations.reading import receive_document, remove_document
from samplan.edges.imports.queries import as_edit, drafts_of, edits_of, get_draft_for, read_tree, tree_of
from samplan.edges.imports.sandbox import LARGEST_FILE
from samplan.edges.imports.slot_labels import NODES, SLOTS, SORTS

M = Permission.MANAGE_PLAN
KIND_WORDS = {"docx": "Word", "xlsx": "Excel", "pdf": "PDF", "text": "Text"}


def why(error: Unreadable) -> str:
    """Why a file cannot be read, as a sentence."""
    words = sentence(error, _)
    return words[:1].upper() + words[1:]


def _problem(draft: Draft) -> str:
    return why(Unreadable(draft.problem, **json.loads(draft.problem_params or "{}"))) if draft.problem else ""


@once
def documents(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """All documents of the county, and a new one."""
    at, actor = timezone.now(), actor_of(request)
    see(actor, county, M)
    posted = request.method == "POST"
    form = DocumentForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and _too_large(request):
        form.add_error("document", why(Unreadable("too_large", limit=LARGEST_FILE)))
    elif posted and form.is_valid():
        file = form.cleaned_data["document"]
        try:
            draft, new = receive_document(
                by=actor, at=at, county=county, year=year, name=file.name, content=file.read()
            )
        except Unreadable as error:
            form.add_error("document", why(error))
        except DomainError as error:
            tell(error, form)
        else:
            if not new:
                messages.info(request, _seen_before(draft))
            return redirect("imports:draft", county, year, draft.uid)
    rows = [
        {"draft": draft, "kind": KIND_WORDS.get(draft.kind, draft.kind), "problem": _problem(draft)}
        for draft in drafts_of(county)
    ]
    context = {"county": county, "year": year, "form": form, "rows": rows, "megabytes": MEGABYTES}
    return render(request, "imports/documents.html", context)


def _too_large(request: HttpRequest) -> bool:
    """A file that the upload handler has stopped reading."""
    return bool(getattr(request, "upload_too_large", False))


def _seen_before(draft: Draft) -> str:
    if draft.state == "applied":
        return _("Den här filen lästes den %(day)s och har blivit en plan.") % {"day": day(draft.read_at)}
    if draft.state == "read":
        return _("Den här filen lästes den %(day)s. Fortsätt där.") % {"day": day(draft.read_at)}
    return _("Den här filen är redan inlagd och läses.")


def draft(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """A document: how far its reading has come, why it could not be read, or its draft to go through."""
    found = get_draft_for(actor_of(request), uid, county=county)
    if found.state in ("read", "applied"):
        return _checking(request, found, county, year)
    context = {
        "county": county, "year": year, "draft": found, "kind": KIND_WORDS.get(found.kind, found.kind),
        "problem": _problem(found),
    }  # fmt: skip
    return render(request, "imports/waiting.html", context)


def _checking(request: HttpRequest, found: Draft, county: str, year: int) -> HttpResponse:
    rows = edits_of(found)
    content = DraftContent.objects.get(draft=found)
    tree, failed = tree_of(content, rows)
    bit, node = request.GET.get("bit", ""), request.GET.get("sak", "")
    part = part_for(tree, request.GET.get("del", ""), bit, node)
    asks = asks_of(tree)
    page = Page(tree, part, bit if bit in tree.bits else "", node if node in tree.nodes else "", asks)
    nodes = page.nodes()
    parts = parts_of(tree, part, asks)
    following = next_to_check(tree, part, asks)
    closed = found.state != "read"
    context = {
        "county": county, "year": year, "draft": found, "kind": KIND_WORDS.get(found.kind, found.kind), "tree": tree,
        "part": part, "out": OUT, "parts": parts, "nodes": nodes, "loose": page.loose(),
        "items": page.document(), "quiet": page.quiet(),
        "counted": counted(tree), "waiting": sum(len(one) for one in asks.values()), "following": following,
        "around": _around(parts, part), "checked": part in tree.checked, "closed": closed,
        "done": sum(one.checked for one in parts), "failed": failed, "whole": part == PLAN,
        "general": [asked(tree, place) for place in asks.get("", ())] if part == PLAN else [],
        "notices": [notice(code, what, _) for code, what in tree.notices] if part == PLAN else [],
        "heading": next((one.title for one in parts if one.current), SLOTS["unplaced"]),
        **_last(rows, tree, content, request),
        **({} if closed else _choices(tree, page, part)),
    }  # fmt: skip
    return render(request, "imports/draft.html", context)


def _around(parts: list[Any], part: str) -> dict[str, Any]:
    """The parts before and after, and which in order this is."""
    ids = [one.id for one in parts]
    if part not in ids:
        return {"before": ids[-1], "after": "", "number": 0, "of": len(ids)}
    at = ids.index(part)
    return {
        "before": ids[at - 1] if at else "", "after": ids[at + 1] if at + 1 < len(ids) else OUT, "number": at + 1,
        "of": len(ids),
    }  # fmt: skip


def _last(rows: list[DraftEdit], tree: Tree, content: DraftContent, request: HttpRequest) -> dict[str, Any]:
    """The reader's own last edit that can be taken back, and the one just taken back, in words."""
    mine = {row.number for row in rows if row.by_id == actor_of(request).account_id}
    alive = [edit for edit in in_force(map(as_edit, rows)) if edit.number in mine]
    done = [edit for edit in alive if edit.verb != UNDO]
    again = alive[-1:] if alive and alive[-1].verb == UNDO and alive[-1].number == rows[-1].number else []
    if not done and not again:
        return {}
    words = Deeds(tree, read_tree(content), {row.number: as_edit(row) for row in rows})
    return {
        name: {"number": edits[-1].number, "words": words.of(edits[-1])}
        for name, edits in (("last", done), ("again", again)) if edits
    }  # fmt: skip


def _choices(tree: Tree, page: Page, part: str) -> dict[str, Any]:
    """What the panels of the chosen bit or node offer."""
    chosen: dict[str, Any] = {}
    if page.chosen_bit:
        bit = tree.bits[page.chosen_bit]
        node, slot = tree.place_of(bit.id)
        row = tree.nodes[node].slots[slot]
        after = row[row.index(bit.id) + 1 :][:1]
        chosen = {
            "bit": bit, "node": node, "slot": slot, "breaks": breaks(bit.text), "home": _home(tree, bit.id, node, slot),
            "after": tree.bits[after[0]] if after else None, "nodes": choices_of_nodes(tree),
            "slots": _slot_choices(tree, node), "kinds": [(kind, NODES[kind]) for kind in KINDS],
            "new_under": part if part not in (OUT, PLAN) and tree.nodes[part].kind == "area" else "",
        }  # fmt: skip
    elif page.chosen_node and page.chosen_node != PLAN:
        node_row = tree.nodes[page.chosen_node]
        inside = {one.id for one in tree.within(node_row.id)}
        chosen = {
            "of": node_row, "name": tree.title(node_row), "kinds": [(kind, NODES[kind]) for kind in KINDS],
            "title_bit": (node_row.slots.get("title") or [""])[0],
            "sorts": list(SORTS.items()) if node_row.kind == "chapter" else [],
            "under": [(name, words) for name, words in choices_of_nodes(tree)
                      if name not in inside and tree.nodes[name].kind in UNDER[node_row.kind]],
            "others": [(name, words) for name, words in choices_of_nodes(tree)
                       if name not in inside and _alike(tree.nodes[name].kind, node_row.kind)],
            "siblings": [(one.id, tree.title(one)) for one in tree.under(node_row.parent) if one.id != node_row.id
                         and _alike(one.kind, node_row.kind)],
        }  # fmt: skip
    elif page.chosen_node:
        chosen = {"of": tree.nodes[PLAN], "name": tree.title(tree.nodes[PLAN]), "years": tree.years}
    return {"chosen": chosen}


def _alike(one: str, other: str) -> bool:
    return one == other or (one in DOING and other in DOING)


def _home(tree: Tree, bit: str, node: str, slot: str) -> tuple[str, str] | None:
    """Where the reading put it, when that is elsewhere and still there."""
    home = tree.bits[bit].home
    there = home[0] in tree.nodes and home != (node, slot) and home[1] != "unplaced"
    return home if there else None


def _slot_choices(tree: Tree, node: str) -> list[tuple[str, Any]]:
    """Fields to choose between: those of the bit's own node first, then what others have."""
    known = [slot for kind in (tree.nodes[node].kind, "activity", "area", "chapter") for slot in SLOTS_OF[kind]]
    return [(slot, SLOTS.get(slot, slot)) for slot in dict.fromkeys([*known, *tree.nodes[node].slots])
            if slot not in ("unplaced", "aside", "money")]  # fmt: skip


@once
def remove(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """Take a document away, after a look at what goes with it."""
    at, actor = timezone.now(), actor_of(request)
    found = get_draft_for(actor, uid, county=county)
    problem = ""
    if request.method == "POST":
        try:
            remove_document(by=actor, at=at, draft=found)
        except DomainError as error:
            problem = say(error)
        else:
            messages.success(request, _("Dokumentet är borttaget."))
            return redirect("imports:documents", county, year)
    words = ngettext("En ändring", "%(n)s ändringar", found.version) % {"n": found.version}
    context = {"county": county, "year": year, "draft": found, "problem": problem, "edits": words}
    return render(request, "imports/remove.html", context)


def file(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """The file as it was handed in."""
    found = get_draft_for(actor_of(request), uid, county=county)
    if found.file is None:
        raise Http404
    return as_download(found.file)


def edits(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """Everything that has been done to a draft, the latest first, each of which can be taken back."""
    actor = actor_of(request)
    found = get_draft_for(actor, uid, county=county)
    if found.state not in ("read", "applied"):
        raise Http404
    rows = edits_of(found)
    content = DraftContent.objects.get(draft=found)
    tree, failed = tree_of(content, rows)
    alive = {edit.number for edit in in_force(map(as_edit, rows))}
    words = Deeds(tree, read_tree(content), {row.number: as_edit(row) for row in rows})
    listed = [
        {"row": row, "words": words.of(as_edit(row)), "alive": row.number in alive, "failed": row.number in failed}
        for row in reversed(rows)
    ]
    context = {
        "county": county, "year": year, "draft": found, "rows": listed, "closed": found.state != "read",
        "events": events_about(found.uid)[:50] if may(actor, Permission.READ_TRACE, county=county) else None,
    }  # fmt: skip
    return render(request, "imports/edits.html", context)
