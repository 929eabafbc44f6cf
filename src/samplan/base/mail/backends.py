"""Mail as files, for a demo and for trying out: one `.eml` per message, named by the message's own identity."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class FolderBackend(BaseEmailBackend):
    """Writes to `settings.MAIL_FOLDER`. A message sent again after a crash replaces its own file."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.MAIL_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            identity = re.sub(r"[^0-9a-zA-Z-]", "", message.extra_headers["Message-ID"].split("@")[0])
            part = folder / f".{identity}.{os.getpid()}"
            part.write_bytes(message.message().as_bytes())
            part.replace(folder / f"{identity}.eml")
        return len(email_messages)
