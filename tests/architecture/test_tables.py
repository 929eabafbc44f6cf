"""The rules for tables: what a row carries, and that a child belongs to its parent's county."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

OURS = [model for model in apps.get_models() if model.__module__.startswith("samplan.")]
OF_A_COUNTY = [model for model in OURS if any(field.name == "county" for field in model._meta.fields)]
# These may stand for the whole installation, and then have an empty county.
ALSO_INSTALLATION = {"audit.Event", "mail.OutboxMail", "orgs.RoleAssignment"}
# Rows that only exist as parts of another row with a uid, or that nobody links to.
WITHOUT_UID = {
    "kernel.OnceKey", "kernel.Installation", "accounts.SignInLink", "orgs.FormerName",
    "orgs.Population", "bodies.Mandate",
}  # fmt: skip


def label(model: type[models.Model]) -> str:
    return model._meta.label


@pytest.mark.parametrize("model", OF_A_COUNTY, ids=label)
def test_a_county_row_names_its_county(model: type[models.Model]) -> None:
    county = model._meta.get_field("county")
    assert isinstance(county, models.CharField)
    assert county.max_length == 2
    assert not county.null
    assert county.blank == (label(model) in ALSO_INSTALLATION)


@pytest.mark.parametrize("model", OURS, ids=label)
def test_a_row_can_be_linked_to(model: type[models.Model]) -> None:
    has_uid = any(field.name == "uid" and field.unique for field in model._meta.fields)
    assert has_uid == (label(model) not in WITHOUT_UID)


@pytest.mark.parametrize("model", OURS, ids=label)
def test_no_number_is_inexact(model: type[models.Model]) -> None:
    assert not [
        field.name for field in model._meta.fields if isinstance(field, models.FloatField | models.DecimalField)
    ]


@pytest.mark.parametrize("model", OURS, ids=label)
def test_money_has_room(model: type[models.Model]) -> None:
    money = {"amount", "computed"}
    assert all(isinstance(f, models.BigIntegerField) for f in model._meta.fields if f.name in money)


@pytest.mark.parametrize("model", OURS, ids=label)
def test_an_order_says_where_empty_values_go(model: type[models.Model]) -> None:
    """The two databases disagree: SQLite has them first, PostgreSQL last."""
    for name in model._meta.ordering:
        if isinstance(name, str):
            of: type[models.Model] = model
            for part in name.lstrip("-").split("__"):
                field = of._meta.get_field(part)
                assert not field.null, f"{name}: say nulls_first or nulls_last"
                of = field.related_model or of  # type: ignore[assignment]


def test_in_the_whole_demo_a_child_belongs_to_its_parents_county(demo: None) -> None:
    """Walks every foreign key between two rows that belong to a county."""
    seen = 0
    for model in OF_A_COUNTY:
        for field in model._meta.fields:
            target = field.related_model
            if isinstance(target, type) and target in OF_A_COUNTY:
                rows = model._default_manager.exclude(**{field.name: None}).values_list(
                    "county", f"{field.name}__county"
                )
                pairs = [pair for pair in rows if pair[0] and pair[1]]
                seen += len(pairs)
                assert all(mine == parents for mine, parents in pairs), f"{label(model)}.{field.name}"
    assert seen > 500
