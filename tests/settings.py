"""The product's settings, but a password costs nothing to keep or to check: for processes that tests start, and
`conftest` takes the hashers for the tests themselves. The journeys keep the product's own."""

from samplan.config.settings import *  # noqa: F403
from samplan.config.settings import PASSWORD_HASHERS as REAL_HASHERS

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *REAL_HASHERS]
