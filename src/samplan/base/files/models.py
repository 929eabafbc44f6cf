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


class Attachment(CountyModel):
    """A file that is kept at something: an activity, a decision. `about_kind` is the thing's table, `about_uid` its
    uid; `holders` says which tables there are. Two may share a file, when a thing was carried into the next year."""

    about_kind = models.CharField(max_length=60)
    about_uid = models.UUIDField(db_index=True)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="attachments")
    caption = models.CharField(max_length=300, blank=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["added_at", "id"]

    def __str__(self) -> str:
        return self.caption or self.file.name
