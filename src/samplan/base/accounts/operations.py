"""Making accounts and letting people in. Who may do it is asked by the caller's room (`orgs`), which knows the
roles."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from samplan.base.accounts.models import Account, SignInLink
from samplan.base.audit.trace import record
from samplan.domain.access import Actor
from samplan.domain.errors import Invalid, Refused

LINK_LIFE = timedelta(days=7)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def create_account(
    *, by: Actor, at: datetime, email: str, name: str, language: str = "sv", password: str = ""
) -> Account:
    """A new account; without a password it signs in through a link first. Raises Invalid."""
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise Invalid("email", field="email") from None
    if not name.strip():
        raise Invalid("required", field="name")
    if Account.objects.filter(email=email).exists():
        raise Invalid("email_taken", field="email")
    account = Account(email=email, name=name.strip(), language=language, created_at=at)
    account.password = make_password(password or None)
    account.save()
    record(by=by, at=at, verb="account_created", subject=account, after={"email": email, "name": account.name})
    return account


@transaction.atomic
def make_sign_in_link(*, by: Actor, at: datetime, account: Account) -> str:
    """A fresh one-use token, good for seven days; earlier unused ones stop working. Returns the token, which is
    stored only as a hash."""
    token = secrets.token_urlsafe(32)
    SignInLink.objects.filter(account=account, used_at=None).update(expires_at=at)
    SignInLink.objects.create(account=account, token_hash=_hash(token), expires_at=at + LINK_LIFE)
    record(by=by, at=at, verb="sign_in_link_made", subject=account)
    return token


def account_of_link(token: str, *, at: datetime) -> Account | None:
    """Whose link it is, if it can still be used."""
    link = SignInLink.objects.filter(token_hash=_hash(token), used_at=None, expires_at__gt=at)
    found = link.select_related("account").first()
    return found.account if found and found.account.is_active else None


@transaction.atomic
def use_sign_in_link(*, at: datetime, token: str, password: str) -> Account:
    """Set the password through a link and spend the link. Raises Refused (link) or Invalid (password)."""
    account = account_of_link(token, at=at)
    if account is None:
        raise Refused("link_used_up")
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise Invalid("password", field="password", messages=list(error.messages)) from None
    if not SignInLink.objects.filter(token_hash=_hash(token), used_at=None).update(used_at=at):
        raise Refused("link_used_up")
    account.set_password(password)
    account.save(update_fields=["password"])
    owner = Actor(kind="account", name=account.name, account_id=account.pk)
    record(by=owner, at=at, verb="password_set", subject=account)
    return account


@transaction.atomic
def set_active(*, by: Actor, at: datetime, account: Account, active: bool) -> None:
    """Close or open an account. A closed one cannot sign in and is signed out everywhere."""
    if account.is_active == active:
        return
    account.is_active = active
    account.save(update_fields=["is_active"])
    record(by=by, at=at, verb="account_opened" if active else "account_closed", subject=account)
