"""Put a file into the database and take it out."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from samplan.base.files.models import File

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "txt": "text/plain; charset=utf-8",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "png": "image/png",
    "jpg": "image/jpeg",
    "svg": "image/svg+xml",
}


def store(*, county: str, name: str, content: bytes, at: datetime) -> File:
    """Keep `content` under `name`; the ending of the name gives its type. Only operations call this."""
    ending = name.rsplit(".", 1)[-1]
    return File.objects.create(
        county=county,
        name=name,
        media_type=MEDIA_TYPES[ending],
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        content=content,
        created_at=at,
    )


def as_download(file: File) -> HttpResponse:
    """The file as an answer that a browser saves; never shown inside the site's own pages."""
    return downloaded(bytes(file.content), file.name)


def downloaded(content: bytes, name: str) -> HttpResponse:
    """Bytes made this moment as an answer that a browser saves under `name`."""
    response = HttpResponse(content, content_type=MEDIA_TYPES[name.rsplit(".", 1)[-1]])
    header = content_disposition_header(as_attachment=True, filename=name)
    response["Content-Disposition"] = header or "attachment"
    return response


def shown(file: File) -> HttpResponse:
    """A picture as an answer that a page may show; nothing in it may run or fetch."""
    response = HttpResponse(bytes(file.content), content_type=file.media_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
