"""The languages that Rebond speaks. A new one begins here; the catalogue's faults are then the list of work."""

from collections.abc import Mapping

LANGUAGES: tuple[str, ...] = ("en", "fr")

Text = Mapping[str, str]
"""One thing said in each language: `{"en": "…", "fr": "…"}`."""

Steps = Mapping[str, tuple[str, ...]]
"""Short steps in each language: `{"en": ("…", "…"), "fr": ("…", "…")}`."""
