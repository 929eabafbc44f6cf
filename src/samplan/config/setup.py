"""Filling a new installation with what every one has: the official codes, and its first administrator."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from samplan import __version__
from samplan.apps.orgs import official
from samplan.apps.orgs.operations import assign_role, load_official_codes, load_population
from samplan.base.accounts.operations import create_account, make_sign_in_link
from samplan.base.kernel.models import Installation
from samplan.domain.access import Actor, Role, command_line


def load_codes(*, by: Actor, at: datetime) -> None:
    """Counties, regions, municipalities and their population."""
    load_official_codes(by=by, at=at, counties=official.counties(), parties=official.parties())
    load_population(by=by, at=at, rows=official.population())


@transaction.atomic
def make_installation(*, email: str, at: datetime) -> str:
    """A real, empty installation. Returns the administrator's first sign-in link. Raises Invalid for the address."""
    by = command_line()
    Installation.objects.create(pk=1, kind="real", created_at=at, version=__version__)
    load_codes(by=by, at=at)
    account = create_account(by=by, at=at, email=email, name=email.split("@")[0])
    assign_role(
        by=by, at=at, account=account, role=Role.ADMINISTRATOR, county="", organisation=None,
        valid_from=timezone.localdate(at),
    )  # fmt: skip
    token = make_sign_in_link(by=by, at=at, account=account)
    return str(settings.BASE_URL) + reverse("accounts:link", args=[token])
