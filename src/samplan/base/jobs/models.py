"""Signs of life of worker processes. The jobs themselves are rows of django-tasks-db."""

from __future__ import annotations

from django.db import models


class WorkerBeat(models.Model):
    worker_id = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(db_index=True)
