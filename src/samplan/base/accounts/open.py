"""Closed by default: a view that strangers may see says so with `public`."""

from django.contrib.auth.decorators import login_not_required as public

__all__ = ["public"]
