"""The errors of the core, drawn as a family.

RebondError
└── CatalogueError   the catalogue has faults; carries all of them
"""


class RebondError(Exception):
    """Anything that Rebond itself raises."""


class CatalogueError(RebondError):
    """The catalogue cannot be used; `faults` names everything that is wrong with it, a line each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)
