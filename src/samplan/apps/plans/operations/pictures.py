"""Writes about a plan's pictures. What is uploaded is hostile until it has been looked into."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samplan.apps.plans.models import Activity, FocusArea, Picture, Plan, PlanText
from samplan.base.audit.trace import record
from samplan.base.files.pictures import looked_into
from samplan.base.files.store import store
from samplan.domain.access import Actor, Permission, may
from samplan.domain.errors import Invalid, Refused
from samplan.domain.freetext import free_text


@transaction.atomic
def add_picture(
    *,
    by: Actor,
    at: datetime,
    plan: Plan,
    name: str,
    content: bytes,
    alt: str,
    caption: str = "",
    chapter: PlanText | None = None,
    area: FocusArea | None = None,
    activity: Activity | None = None,
) -> Picture:
    """A picture (PNG, JPEG or SVG) in a chapter, an area or an activity; before the first chapter when none is given.

    `alt`: what it shows, for those who do not see it. Raises Invalid("required"), ("picture_kind"), ("picture_size"),
    ("picture_unsafe").
    """
    may(by, Permission.MANAGE_PLAN, county=plan.county).demand()
    if not alt.strip():
        raise Invalid("required", field="alt")
    if any(place is not None and place.plan_id != plan.pk for place in (chapter, area, activity)):
        raise Refused("forbidden")
    looked = looked_into(content)
    file = store(
        county=plan.county, name=f"{name.rsplit('.', 1)[0][:180]}.{looked.ending}", content=looked.content, at=at
    )
    picture = Picture.objects.create(
        county=plan.county, plan=plan, chapter=chapter, area=area, activity=activity, file=file,
        alt=free_text(alt, field="alt"), caption=free_text(caption, field="caption"),
    )  # fmt: skip
    record(by=by, at=at, verb="picture_added", subject=picture, after={"alt": picture.alt, "name": file.name})
    return picture


@transaction.atomic
def change_picture(*, by: Actor, at: datetime, picture: Picture, alt: str, caption: str = "") -> Picture:
    """Say otherwise what a picture shows."""
    may(by, Permission.MANAGE_PLAN, county=picture.county).demand()
    if not alt.strip():
        raise Invalid("required", field="alt")
    before = {"alt": picture.alt, "caption": picture.caption}
    picture.alt, picture.caption = free_text(alt, field="alt"), free_text(caption, field="caption")
    picture.save(update_fields=["alt", "caption"])
    after = {"alt": picture.alt, "caption": picture.caption}
    if after != before:
        record(by=by, at=at, verb="row_changed", subject=picture, before=before, after=after)
    return picture


@transaction.atomic
def remove_picture(*, by: Actor, at: datetime, picture: Picture) -> None:
    """Take a picture away with its file; what it showed stays in the trace."""
    may(by, Permission.MANAGE_PLAN, county=picture.county).demand()
    record(by=by, at=at, verb="row_removed", subject=picture, before={"alt": picture.alt, "name": picture.file.name})
    file = picture.file
    picture.delete()
    file.delete()
