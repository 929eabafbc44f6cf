"""Put a file into the database and take it out."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from samplan.base.files.models import File

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
MEDIA_TYPES = {
    "docx": f"{_OFFICE}wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "zip": "application/zip",
    "png": "image/png",
    "jpg": "image/jpeg",
    "svg": "image/svg+xml",
    "dotx": f"{_OFFICE}wordprocessingml.template",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "pptx": f"{_OFFICE}presentationml.presentation",
    "odt": f"{_OPEN}text",
    "ods": f"{_OPEN}spreadsheet",
    "odp": f"{_OPEN}presentation",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
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
    return _inert(response)


def shown(file: File) -> HttpResponse:
    """A picture as an answer that a page may show; nothing in it may run or fetch."""
    return _inert(HttpResponse(bytes(file.content), content_type=file.media_type))


def _inert(response: HttpResponse) -> HttpResponse:
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
