"""How often the same computer may try something in vain. Counted in memory, so nothing is written anywhere."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Limit:
    """`most` misses in `seconds`, for each computer and each of the server's processes."""

    name: str
    most: int = 20
    seconds: int = 15 * 60

    def _key(self, request: HttpRequest) -> str:
        return f"limit:{self.name}:{client_of(request)}"

    def reached(self, request: HttpRequest) -> bool:
        return int(cache.get(self._key(request), 0)) >= self.most

    def miss(self, request: HttpRequest) -> None:
        """Count one more."""
        key = self._key(request)
        if not cache.add(key, 1, self.seconds):
            try:
                cache.incr(key)
            except ValueError:  # it ran out in between
                cache.set(key, 1, self.seconds)


def client_of(request: HttpRequest) -> str:
    """The computer that asks; behind our own proxy (https) the last that the proxy has seen."""
    seen = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rsplit(",", 1)[-1].strip() if settings.HTTPS else ""
    return seen or str(request.META.get("REMOTE_ADDR", ""))
