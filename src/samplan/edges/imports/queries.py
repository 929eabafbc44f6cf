"""Reads about documents and their drafts."""

from __future__ import annotations

import json
from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from samplan.domain.access import Actor, Permission, may
from samplan.domain.drafts.edits import Edit, carry_out
from samplan.domain.drafts.tree import Tree, from_data
from samplan.edges.imports.models import Draft, DraftContent, DraftEdit, DraftRow


def drafts_of(county: str) -> QuerySet[Draft]:
    """The county's documents, the latest first, without what is in them."""
    return Draft.objects.filter(county=county).select_related("plan")


def get_draft_for(actor: Actor, uid: UUID, *, county: str) -> Draft:
    """A document, for one who manages the county's plans. 404 for everybody else: nobody has checked it yet."""
    found = drafts_of(county).filter(uid=uid).first()
    if found is None or not may(actor, Permission.MANAGE_PLAN, county=county):
        raise Http404
    return found


def edits_of(draft: Draft) -> list[DraftEdit]:
    """What people have done to a draft, in order."""
    return list(DraftEdit.objects.filter(draft=draft).order_by("number"))


def as_edit(row: DraftEdit) -> Edit:
    return Edit(row.number, row.verb, json.loads(row.values))


def read_tree(content: DraftContent) -> Tree:
    """The draft as it was read."""
    return from_data(json.loads(content.tree))


def tree_of(content: DraftContent, rows: Iterable[DraftEdit]) -> tuple[Tree, dict[int, str]]:
    """The draft as it stands after the edits, and those that could not be done: {number: code}."""
    tree = read_tree(content)
    return tree, carry_out(tree, map(as_edit, rows))


def row_of(uid: UUID) -> DraftRow | None:
    """Where a row came from; None for one that somebody has written."""
    return DraftRow.objects.filter(row_uid=uid).select_related("draft").first()
