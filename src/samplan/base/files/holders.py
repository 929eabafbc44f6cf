"""What files may be kept at: each room says it of its own things when it is loaded, with who may read and write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps

from samplan.domain.access import Actor, Permission, may

Reads = Callable[[Actor, Any], bool]


def reads_county(actor: Actor, thing: Any) -> bool:
    """Whoever may read the county."""
    return bool(may(actor, Permission.READ_COUNTY, county=thing.county))


@dataclass(frozen=True, slots=True)
class Holder:
    """A kind of thing: `slug` in addresses, `kind` its table, `write` the permission to add and remove, `page` the
    address of its own page in a year, `reads` who may open its files."""

    slug: str
    kind: str
    write: Permission
    page: Callable[[Any, int], str]
    reads: Reads = reads_county

    def find(self, uid: UUID, county: str) -> Any:
        """The thing with this uid in the county; None when there is none."""
        return apps.get_model(self.kind).objects.filter(uid=uid, county=county).first()


_BY_SLUG: dict[str, Holder] = {}
_BY_KIND: dict[str, Holder] = {}


def hold_files(*holders: Holder) -> None:
    """Take in kinds of things that files may be kept at."""
    for holder in holders:
        _BY_SLUG[holder.slug] = _BY_KIND[holder.kind] = holder


def holder_called(slug: str) -> Holder | None:
    return _BY_SLUG.get(slug)


def holder_of(kind: str) -> Holder | None:
    """The holder of a table ("plans.activity"), as a thing's `_meta.label_lower` names it."""
    return _BY_KIND.get(kind)


def slugs() -> tuple[str, ...]:
    """Every kind, by its name in addresses."""
    return tuple(_BY_SLUG)
