"""What people have chosen about their desks."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from samplan.base.kernel.fields import CountyModel


class DeskChoice(CountyModel):
    """One person's desk in one county. `first_visit_aside`: the list of first steps has been put aside."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="desk_choices")
    first_visit_aside = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "account"], name="desk_choice_unique")]

    def __str__(self) -> str:
        return f"{self.account}, {self.county}"
