"""Compile the catalogue when the package is built, so that a program that starts reads ready files."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogue(BuildHookInterface):  # type: ignore[misc]
    """The build hook that hatchling calls for a wheel and for an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Check bot/catalogue/*.toml and write compiled_*.json; a fault of the catalogue stops the build."""
        sys.path.insert(0, str(Path(self.root)))
        try:
            from bot.core.catalogue_source import compile_catalogue
        finally:
            sys.path.pop(0)
        compile_catalogue(str(Path(self.root, "bot", "catalogue")))
