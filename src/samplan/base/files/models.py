"""Files live in the database, so a backup of the database is a backup of everything. Reached only through a view
that asks for permission."""

from __future__ import annotations

from django.db import models

from samplan.base.kernel.fields import CountyModel


class File(CountyModel):
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    content = models.BinaryField()
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
