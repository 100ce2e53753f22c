"""The catalogue's TOML as one ready file for each part, made anew where the TOML has changed."""

import json
import os
from typing import Any

from bot.core.sources import FOLDER, fingerprint, read_sources, stamp


def read_part(part: str, folder: str = FOLDER) -> dict[str, Any]:
    """
    The checked tables of a part, by file: `causes`, `providers/google`.

    They come from `compiled_PART.json` where that is fresh. A folder that cannot be written to (a system-wide
    install whose TOML was edited) is compiled in memory.
    """
    try:
        with open(os.path.join(folder, f"compiled_{part}.json"), "rb") as file:
            compiled: dict[str, Any] = json.load(file)
        tables: dict[str, Any] = compiled["tables"]
        if compiled["stamp"] == stamp(part, folder):
            return tables
        seen = stamp(part, folder)
        if compiled["fingerprint"] == fingerprint(read_sources(part, folder)):  # copied, or unpacked from a wheel
            from bot.core.catalogue_source import leave

            leave(part, folder, {**compiled, "stamp": seen})
            return tables
    except (OSError, ValueError, KeyError, TypeError):
        pass
    from bot.core.catalogue_source import (
        compile_catalogue,
    )  # the TOML parser and the checks, only when needed

    return compile_catalogue(folder)[part]
