"""Writes about a plan's pictures. What is uploaded is hostile until it has been looked into."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samplan.apps.plans.models import Activity, FocusArea, Picture, Plan, PlanText
from samplan.apps.plans.operations.writing import save
from samplan.base.audit.trace import changed, record
from samplan.base.files.pictures import looked_into
from samplan.base.files.store import store
from samplan.domain.access import Actor, Permission, may
from samplan.domain.errors import Invalid, Refused
from samplan.domain.freetext import free_text

PLACES = ("text", "cover", "logotype")


def _demand_place(plan: Plan, place: str, near: bool, *, but: Picture | None = None) -> None:
    """The place is known and free. `near`: a chapter, area or activity is named too, which only the text has."""
    if place not in PLACES:
        raise Invalid("unknown_choice", field="place")
    if place != "text" and near:
        raise Invalid("picture_place", field="place")
    taken = Picture.objects.filter(plan=plan, place="cover").exclude(pk=but.pk if but else 0)
    if place == "cover" and taken.exists():
        raise Invalid("cover_taken", field="place")


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
    place: str = "text",
    chapter: PlanText | None = None,
    area: FocusArea | None = None,
    activity: Activity | None = None,
) -> Picture:
    """A picture (PNG, JPEG or SVG) in a chapter, an area or an activity, before the first chapter when none is given;
    or on the cover, as its picture (`place` "cover", one) or one of its logotypes ("logotype").

    `alt`: what it shows, for those who do not see it. Raises Invalid("required"), ("picture_kind"), ("picture_size"),
    ("picture_unsafe"), ("picture_place") for a cover picture in a chapter, ("cover_taken").
    """
    may(by, Permission.MANAGE_PLAN, county=plan.county).demand()
    if not alt.strip():
        raise Invalid("required", field="alt")
    if any(place is not None and place.plan_id != plan.pk for place in (chapter, area, activity)):
        raise Refused("forbidden")
    _demand_place(plan, place, bool(chapter or area or activity))
    looked = looked_into(content)
    file = store(
        county=plan.county, name=f"{name.rsplit('.', 1)[0][:180]}.{looked.ending}", content=looked.content, at=at
    )
    picture = Picture.objects.create(
        county=plan.county, plan=plan, chapter=chapter, area=area, activity=activity, file=file,
        place=place, alt=free_text(alt, field="alt"), caption=free_text(caption, field="caption"),
    )  # fmt: skip
    said = {"alt": picture.alt, "name": file.name, "place": place}
    record(by=by, at=at, verb="picture_added", subject=picture, after=said)
    return picture


@transaction.atomic
def change_picture(
    *, by: Actor, at: datetime, picture: Picture, alt: str, caption: str = "", place: str | None = None
) -> Picture:
    """Say otherwise what a picture shows, or put it in another `place`. Raises Invalid as `add_picture`."""
    may(by, Permission.MANAGE_PLAN, county=picture.county).demand()
    if not alt.strip():
        raise Invalid("required", field="alt")
    values = {"alt": free_text(alt, field="alt"), "caption": free_text(caption, field="caption")}
    if place is not None and place != picture.place:
        near = bool(picture.chapter_id or picture.area_id or picture.activity_id)
        _demand_place(picture.plan, place, near, but=picture)
        values["place"] = place
    before, after = changed(picture, values)
    if after:
        save(picture, after)
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
