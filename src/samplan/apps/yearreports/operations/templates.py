"""Every write about a county's own Word templates. What is uploaded is hostile until it has been looked into."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from samplan.apps.orgs.models import Organisation
from samplan.apps.yearreports.models import WordTemplate
from samplan.base.audit.trace import record
from samplan.base.files.store import store
from samplan.base.files.word import looked_into_template
from samplan.domain.access import Actor, Permission, may
from samplan.domain.errors import Invalid, Refused
from samplan.domain.facts import canonical_json
from samplan.domain.freetext import one_line

LONGEST_NAME = 150
MOST_CHOICES = 60


@transaction.atomic
def upload_template(
    *, by: Actor, at: datetime, county: str, owner: Organisation | None, name: str, content: bytes
) -> WordTemplate:
    """A template that waits until somebody has seen what was found in it. `name` is the file's.

    Raises Invalid at "file" as `files.word.looked_into_template`, ("personal_number") for a name that holds one,
    ("unknown_choice") at "owner" for one that is no party of the county.
    """
    may(by, Permission.COMPILE_REPORT, county=county).demand()
    if owner is not None and not owner.parties.filter(county=county).exists():
        raise Invalid("unknown_choice", field="owner")
    looked = looked_into_template(content)
    stem = re.sub(r"\.(?:docx|dotx)$", "", name.rsplit("/", 1)[-1], flags=re.IGNORECASE)
    title = one_line(stem[:LONGEST_NAME] or "mall", field="file")
    file = store(county=county, name=f"{title}.docx", content=looked, at=at)
    template = WordTemplate.objects.create(county=county, owner=owner, name=title, file=file, uploaded_at=at)
    after = {"name": title, "sha256": file.sha256, "owner": owner}
    record(by=by, at=at, verb="template_uploaded", subject=template, after=after)
    return template


@transaction.atomic
def choose_styles(*, by: Actor, at: datetime, template: WordTemplate, choices: Mapping[str, str]) -> WordTemplate:
    """Say which of the template's styles stands for which of ours: our name → the style's id, "" for ours."""
    may(by, Permission.COMPILE_REPORT, county=template.county).demand()
    if len(choices) > MOST_CHOICES or any(len(part) > 255 for pair in choices.items() for part in pair):
        raise Invalid("unknown_choice", field="choices")
    said = canonical_json(dict(choices)) if choices else ""
    if said != template.choices:
        before = {"choices": template.choices}
        template.choices = said
        template.save(update_fields=["choices"])
        record(by=by, at=at, verb="template_styles_chosen", subject=template, before=before, after={"choices": said})
    return template


@transaction.atomic
def use_template(*, by: Actor, at: datetime, template: WordTemplate) -> WordTemplate:
    """From now on the owner's documents in Word are written into this template; the one until now waits again."""
    may(by, Permission.COMPILE_REPORT, county=template.county).demand()
    same = WordTemplate.objects.select_for_update().filter(county=template.county, owner=template.owner)
    for other in same.filter(state="used").exclude(pk=template.pk):
        _set_state(other, "waiting", by=by, at=at)
    if template.state != "used":
        _set_state(template, "used", by=by, at=at)
    return template


@transaction.atomic
def stop_template(*, by: Actor, at: datetime, template: WordTemplate) -> WordTemplate:
    """From now on our own template is used; this one waits."""
    may(by, Permission.COMPILE_REPORT, county=template.county).demand()
    if template.state == "used":
        _set_state(template, "waiting", by=by, at=at)
    return template


@transaction.atomic
def remove_template(*, by: Actor, at: datetime, template: WordTemplate) -> None:
    """Take a template away with its file. Raises Refused("template_used") for the one in use."""
    may(by, Permission.COMPILE_REPORT, county=template.county).demand()
    if template.state == "used":
        raise Refused("template_used")
    record(by=by, at=at, verb="template_removed", subject=template, before={"name": template.name}, after={})
    file = template.file
    template.delete()
    file.delete()


def _set_state(template: WordTemplate, state: str, *, by: Actor, at: datetime) -> None:
    verb = "template_used" if state == "used" else "template_stopped"
    record(by=by, at=at, verb=verb, subject=template, before={"state": template.state}, after={"state": state})
    template.state = state
    template.save(update_fields=["state"])
