"""What a county has written itself in the help of a page."""

from __future__ import annotations

from django.db import models

from samplan.base.kernel.fields import CodeField, CountyModel


class PageHelp(CountyModel):
    """A county's own words on the help of a page (`page`: its name in the URL table) in one language.

    Kind: addition (stands under ours), replacement (stands instead of ours). `ours_then` is our text as it was when
    somebody of the county last looked at it, so that a change of it can be told.
    """

    page = models.CharField(max_length=80)
    language = models.CharField(max_length=10)
    kind = CodeField(default="addition")
    text = models.TextField()
    ours_then = models.TextField(blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["county", "page", "language"]
        constraints = [
            models.UniqueConstraint(fields=["county", "page", "language"], name="page_help_unique"),
        ]

    def __str__(self) -> str:
        return self.page
