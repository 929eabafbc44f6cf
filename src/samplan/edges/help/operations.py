"""Every write about a county's own help."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samplan.base.audit.trace import record
from samplan.domain.access import Actor, Permission, may
from samplan.domain.errors import Invalid
from samplan.domain.freetext import free_text
from samplan.edges.help.models import PageHelp
from samplan.edges.help.texts import LANGUAGES, is_page, ours

KINDS = ("addition", "replacement")
LONGEST = 6000


@transaction.atomic
def write_help(
    *, by: Actor, at: datetime, county: str, page: str, language: str, kind: str, text: str
) -> PageHelp | None:
    """Write the county's own words on a page's help, or with an empty `text` take them away: then None.

    Raises Refused("forbidden"), Invalid("unknown_choice", "too_long", "personal_number").
    """
    may(by, Permission.EDIT_HELP, county=county).demand()
    if not is_page(page) or language not in LANGUAGES or kind not in KINDS:
        raise Invalid("unknown_choice", field="kind")
    written = free_text(text)
    if len(written) > LONGEST:
        raise Invalid("too_long", field="text", most=LONGEST)
    there = PageHelp.objects.select_for_update().filter(county=county, page=page, language=language).first()
    before = {"text": there.text, "kind": there.kind} if there else {}
    if not written:
        if there is not None:
            record(by=by, at=at, verb="help_removed", subject=there, before=before)
            there.delete()
        return None
    row = there or PageHelp(county=county, page=page, language=language)
    row.kind, row.text, row.ours_then = kind, written, ours(page, language).text
    row.changed_at, row.changed_by = at, by.name
    row.save()
    after = {"text": written, "kind": kind}
    if before != after:
        record(by=by, at=at, verb="help_written", subject=row, before=before, after=after)
    return row


@transaction.atomic
def keep_help(*, by: Actor, at: datetime, row: PageHelp) -> None:
    """Our text has changed, somebody has read it and lets the county's own stand as it is."""
    may(by, Permission.EDIT_HELP, county=row.county).demand()
    there = PageHelp.objects.select_for_update().get(pk=row.pk)
    now = ours(there.page, there.language).text
    if there.ours_then == now:
        return
    there.ours_then = now
    there.save(update_fields=["ours_then"])
    record(by=by, at=at, verb="help_kept", subject=there)
