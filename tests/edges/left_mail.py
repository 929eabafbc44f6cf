"""A way out for mail that remembers every message that has left, also one that leaves twice."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class LeftBackend(BaseEmailBackend):
    """Appends each message's identity to a file, in one write, and takes its time as a mail server does."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            file = os.open(settings.DIRECTORY / "left.txt", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
            os.write(file, f"{message.extra_headers['Message-ID']}\n".encode())
            os.close(file)
            time.sleep(0.005)
        return len(email_messages)
