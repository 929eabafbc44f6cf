"""What people do to a draft: one edit at a time, saved at once, and none of them ever lost.

Two people may work on the same draft. Edits go together unless both are about the same thing; then the second is told
what the first did, and says whether it is to be done all the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from samplan.base.audit.trace import record_sitting
from samplan.domain.access import Actor, Permission, may
from samplan.domain.drafts.edits import UNDO, VERBS, Edit, Impossible, carry_out, do, in_force, touched
from samplan.domain.drafts.opening import has_cover
from samplan.domain.drafts.tree import Tree
from samplan.domain.errors import Invalid, Refused
from samplan.domain.freetext import free_text, one_line
from samplan.edges.imports.models import Draft, DraftContent, DraftEdit
from samplan.edges.imports.queries import as_edit, edits_of, read_tree, tree_of

LONGEST_TEXT: Final = 100_000
MOST_EDITS: Final = 20_000


@transaction.atomic
def change_draft(
    *, by: Actor, at: datetime, draft: Draft, verb: str, values: Mapping[str, Any], seen: int, anyway: bool = False
) -> DraftEdit:
    """Do one thing to a draft: `verb` and `values` of `domain.drafts.edits`. `seen`: the version the person looked at.

    Raises Refused("draft_closed") for one that is not open, ("draft_changed", by, edit) when another has done something
    to the same since (`anyway` does it all the same), ("draft_gone") or ("draft_unfit") for what cannot be done;
    Invalid for a text that cannot be kept.
    """
    locked = _open(by, draft)
    if verb not in VERBS:
        raise Invalid("unknown_choice", field="verb")
    edit = Edit(locked.version + 1, verb, _cleaned(verb, values))
    rows = edits_of(locked)
    if not anyway:
        _demand_alone(by, touched(edit), rows, seen)
    tree, _failed = tree_of(DraftContent.objects.get(draft=locked), rows)
    _try(tree, edit)
    return _write(by, at, locked, edit, tree)


@transaction.atomic
def take_back(*, by: Actor, at: datetime, draft: Draft, number: int, seen: int, anyway: bool = False) -> DraftEdit:
    """Take back an edit that is in force; taking back the taking back does it again. Edits after it stay, where they
    still can. Raises as `change_draft`."""
    locked = _open(by, draft)
    rows = edits_of(locked)
    alive = {edit.number: edit for edit in in_force(map(as_edit, rows))}
    if number not in alive:
        raise Refused("draft_gone")
    if not anyway:
        _demand_alone(by, _touched(alive[number], rows), [row for row in rows if row.number != number], seen)
    edit = Edit(locked.version + 1, UNDO, {"edit": number})
    tree = read_tree(DraftContent.objects.get(draft=locked))
    carry_out(tree, [*map(as_edit, rows), edit])
    return _write(by, at, locked, edit, tree)


def _open(by: Actor, draft: Draft) -> Draft:
    may(by, Permission.MANAGE_PLAN, county=draft.county).demand()
    locked = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if locked.state != "read" or locked.version >= MOST_EDITS:
        raise Refused("draft_closed")
    return locked


def _touched(edit: Edit, rows: list[DraftEdit]) -> frozenset[str]:
    """What an edit changes; for one that takes back another, what that one did."""
    if edit.verb != UNDO:
        return touched(edit)
    return next((_touched(as_edit(row), rows) for row in rows if row.number == edit.values["edit"]), frozenset())


def _demand_alone(by: Actor, mine: frozenset[str], rows: list[DraftEdit], seen: int) -> None:
    for row in rows:
        if row.number > seen and row.by_id != by.account_id and mine & _touched(as_edit(row), rows):
            raise Refused("draft_changed", by=row.by_name, edit=row.number)


def _try(tree: Tree, edit: Edit) -> None:
    try:
        do(tree, edit)
    except Impossible as error:
        raise Refused(error.code) from error
    except (KeyError, TypeError) as error:
        raise Invalid("unknown_choice", field="values") from error


def _write(by: Actor, at: datetime, draft: Draft, edit: Edit, tree: Tree) -> DraftEdit:
    row = DraftEdit.objects.create(
        county=draft.county, draft=draft, number=edit.number, verb=edit.verb,
        values=json.dumps(dict(edit.values), ensure_ascii=False), at=at, by_name=by.name, by_id=by.account_id,
    )  # fmt: skip
    parts = {part.id for part in tree.parts()}
    draft.version, draft.parts, draft.parts_checked = edit.number, len(parts), len(parts & tree.checked)
    draft.save(update_fields=["version", "parts", "parts_checked"])
    record_sitting(by=by, at=at, verb="draft_checked", subject=draft)
    return row


def _cleaned(verb: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values fit to be kept: what a person typed is cleaned, and holds no personal identity number."""
    kept = dict(values)
    if any(not isinstance(name, str) for name in kept.get("bits", [])):
        raise Invalid("unknown_choice", field="bits")
    if verb == "rename":
        kept["title"] = one_line(str(values["title"]))
    if verb == "write":
        kept["text"] = free_text(str(values["text"]))
        if not kept["text"]:
            raise Invalid("required", field="text")
        if has_cover(kept["text"]):
            raise Invalid("personal_number", field="text")
        if len(kept["text"]) > LONGEST_TEXT:
            raise Invalid("too_long", field="text", most=LONGEST_TEXT)
    if verb == "years" and not all(2000 <= year <= 2099 for year in kept["years"]):
        raise Invalid("unknown_choice", field="years")
    return kept
