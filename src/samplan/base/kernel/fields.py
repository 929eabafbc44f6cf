"""Field types and row shapes that every app shares."""

from __future__ import annotations

import uuid
from enum import StrEnum
from typing import Any

from django.db import models


class CodeField(models.CharField):
    """A code of a domain enum, stored as its plain text, so no Python class name reaches a migration."""

    def __init__(self, codes: type[StrEnum] | None = None, **options: Any) -> None:
        self.codes = codes
        options.setdefault("max_length", 30)
        super().__init__(**options)

    def deconstruct(self) -> Any:
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.CharField", args, options


class UidModel(models.Model):
    """A row that can be linked to and exported: its `uid` stands in addresses, its row id never does."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


class CountyModel(UidModel):
    """A row that belongs to a county, named by its official two-digit code."""

    county = models.CharField(max_length=2)

    class Meta:
        abstract = True
