"""What the edges share with the apps: a database where every write is committed."""

from tests.apps.conftest import _trace_guarded_again, committed

__all__ = ["_trace_guarded_again", "committed"]
