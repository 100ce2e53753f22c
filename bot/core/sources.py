"""Where the catalogue's TOML stands, and what each part of it is made of."""

import os
import zlib
from collections.abc import Iterator, Mapping

from bot.core.language import LANGUAGES

# Paths are strings in this module: pathlib would be felt in the time in which `rebond explain` starts.
FOLDER = os.path.join(os.path.dirname(os.path.dirname(__file__)), "catalogue")

_FORM = "5"  # of the compiled files; another number has all of them compiled again
_OF_PROGRAM = zlib.crc32(",".join((*LANGUAGES, _FORM)).encode())

PARTS: Mapping[str, tuple[str, ...]] = {
    "codes": ("causes.toml", "enhanced_status_codes.toml", "interface.toml", "reply_codes.toml"),
    "signs": ("blocklists.toml", "phrases", "providers", "servers", "statements.toml"),
}
"""What each part is made of, files and folders; a code is answered without loading the signs."""


def read_sources(part: str, folder: str) -> dict[str, bytes]:
    """The bytes of every TOML file of a part, by its name without `.toml`; a file that is missing is left out."""
    sources = {}
    for file, path in _files(part, folder):
        with open(path, "rb") as opened:
            sources[file.removesuffix(".toml").replace(os.sep, "/")] = opened.read()
    return sources


def fingerprint(sources: Mapping[str, bytes]) -> str:
    """A short text that changes with any source or language; it guards against staleness, not against malice."""
    check = _OF_PROGRAM
    for name, content in sources.items():
        check = zlib.crc32(content, zlib.crc32(name.encode(), check))
    return f"{check:08x}-{sum(map(len, sources.values()))}"


def stamp(part: str, folder: str) -> str:
    """A short text of the sizes and the last changes of the sources: while it is the same, nobody need read them."""
    seen = [(file, os.stat(path)) for file, path in _files(part, folder)]
    stamps = "".join(f"{file}\n{one.st_size} {one.st_mtime_ns}\n" for file, one in seen)
    return f"{zlib.crc32(stamps.encode(), _OF_PROGRAM):08x}-{len(seen)}"


def _files(part: str, folder: str) -> Iterator[tuple[str, str]]:
    """The TOML files of a part, each by its name inside the folder and by its path."""
    for name in PARTS[part]:
        path = os.path.join(folder, name)
        inside = [os.path.join(name, one) for one in sorted(os.listdir(path))] if os.path.isdir(path) else [name]
        for file in inside:
            if file.endswith(".toml") and os.path.exists(path := os.path.join(folder, file)):
                yield file, path
