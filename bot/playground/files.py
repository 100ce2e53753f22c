"""Uploaded files: a place to put the bytes, then Slack's description of them."""

import mimetypes
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from bot.playground.errors import SlackError

Json = dict[str, Any]

MOST_BYTES = 10_000_000


@dataclass(slots=True)
class File:
    """One file; it has no content until it was uploaded."""

    id: str
    name: str
    title: str
    content: bytes | None = None
    created: int = field(default_factory=lambda: int(time.time()))

    @property
    def mimetype(self) -> str:
        """The kind of content, by the name."""
        return mimetypes.guess_type(self.name)[0] or "text/plain"


class Files:
    """All files of the workspace."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._files: dict[str, File] = {}
        self._uploads: dict[str, File] = {}

    def start_upload(self, name: str) -> Json:
        """Give a place to upload to, as files.getUploadURLExternal does."""
        file = File(id=f"F{secrets.token_hex(5).upper()}", name=name, title=name)
        key = secrets.token_hex(12)
        self._uploads[key] = self._files[file.id] = file
        return {"upload_url": f"{self._url}/upload/{key}", "file_id": file.id}

    def upload(self, key: str, content: bytes) -> None:
        """Take the bytes; each place takes them once."""
        if key not in self._uploads:
            raise SlackError("file_not_found", status=404)
        self._uploads.pop(key).content = content

    def find(self, file_id: str) -> File:
        """Find an uploaded file."""
        file = self._files.get(file_id)
        if file is None or file.content is None:
            raise SlackError("file_not_found")
        return file

    def describe(self, file: File, user: str) -> Json:
        """Describe a file as Slack does in messages."""
        url = f"{self._url}/files/{file.id}/download"
        is_text = file.mimetype.startswith("text/")
        return {
            "id": file.id,
            "name": file.name,
            "title": file.title,
            "created": file.created,
            "mimetype": file.mimetype,
            "filetype": "text" if is_text else file.mimetype.rpartition("/")[2],
            "mode": "snippet" if is_text else "hosted",
            "size": len(file.content or b""),
            "user": user,
            "is_external": False,
            "file_access": "visible",
            "url_private": url,
            "url_private_download": url,
            "permalink": url,
        }
