"""How the playground says no: Slack's own error words."""

from typing import Any


class SlackError(Exception):
    """
    A call that Slack refuses: `{"ok": false, "error": …}` and what else belongs to the answer.

    The HTTP status is 200, as with Slack, unless the error is one of HTTP itself (429, 400).
    """

    def __init__(self, error: str, *, status: int = 200, headers: dict[str, str] | None = None, **details: Any) -> None:
        super().__init__(error)
        self.error = error
        self.status = status
        self.headers = headers or {}
        self.details = details

    def as_json(self) -> dict[str, Any]:
        """Give the body of the answer."""
        return {"ok": False, "error": self.error, **self.details}
