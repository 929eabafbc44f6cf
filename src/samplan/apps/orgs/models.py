"""Who takes part: counties, organisations and their roles as parties, persons, population, and who may do what."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from samplan.base.kernel.fields import CodeField, CountyModel, UidModel
from samplan.domain.access import Role


class County(UidModel):
    code = models.CharField(max_length=2, unique=True)
    name = models.CharField(max_length=100)
    short_name = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.name


class Organisation(UidModel):
    """A region, municipality, association or authority. Belongs to the installation; a county sees it as a `Party`."""

    name = models.CharField(max_length=200)
    kind = CodeField()

    def __str__(self) -> str:
        return self.name


class FormerName(models.Model):
    """What an organisation was called before."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=200)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField()


class Party(CountyModel):
    """An organisation in one role in one county's cooperation. Gotland is one organisation and two parties."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="parties")
    role = CodeField()
    code = models.CharField(max_length=10)
    name = models.CharField(max_length=100)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "role", "code"], name="party_unique")]

    def __str__(self) -> str:
        return self.name


class Person(CountyModel):
    """Somebody with a function. Not an account: most never sign in."""

    name = models.CharField(max_length=200)
    made_up = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Population(models.Model):
    """Persons in an area, age range and sex on a date. `age_to` null means and older; both ages null means all."""

    area_code = models.CharField(max_length=4)
    age_from = models.PositiveSmallIntegerField(null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(null=True, blank=True)
    sex = CodeField(default="all", max_length=10)
    on_date = models.DateField()
    persons = models.PositiveBigIntegerField()
    source = models.CharField(max_length=200)
    state = CodeField(default="final", max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.F("area_code"),
                Coalesce("age_from", models.Value(-1)),
                Coalesce("age_to", models.Value(-1)),
                models.F("sex"),
                models.F("on_date"),
                name="population_unique",
            )
        ]


class RoleAssignment(UidModel):
    """A role that an account holds for a county, for one organisation in it, or (county empty) for the installation."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="role_assignments")
    role = CodeField(Role)
    county = models.CharField(max_length=2, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")), name="role_dates_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.county}".strip()
