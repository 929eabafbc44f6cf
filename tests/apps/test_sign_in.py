"""Passwords as the product keeps them. All other tests have hashers that cost nothing."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from samplan.base.accounts.operations import create_account, make_sign_in_link, use_sign_in_link
from tests.settings import REAL_HASHERS
from tests.small_year import AT, BOSS

PASSWORD = "en lång mening som lösenord"


def test_a_password_set_through_a_link_is_kept_slow_to_guess_and_signs_in(db: None, settings: Any) -> None:
    settings.PASSWORD_HASHERS = REAL_HASHERS
    account = create_account(by=BOSS, at=AT, email="ny@example.org", name="Ny")
    assert not account.has_usable_password()
    token = make_sign_in_link(by=BOSS, at=AT, account=account)
    account = use_sign_in_link(at=AT, token=token, password=PASSWORD)
    assert account.password.startswith("scrypt$")
    for password, status in (("en lång mening som losenord", 200), (PASSWORD, 302)):
        client = Client()
        answer = client.post(reverse("accounts:sign_in"), {"username": account.email, "password": password})
        assert answer.status_code == status
        assert ("_auth_user_id" in client.session) == (status == 302)
