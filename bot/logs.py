"""What may stand in the log: our own lines; of a library's lines place and kind, never their contents."""

import logging
import sys
import traceback
from pathlib import Path

OURS = ("bot", "handlers")

SLACK_LIBRARIES = logging.getLogger("slack")
"""
The logger that Bolt and Slack's SDK are given.

They quote whole requests: Bolt at INFO on a bad signature and in every warning
about a request that nothing handles, the SDK at DEBUG.
"""


class PlaceAndKind(logging.Filter):
    """Reduce a library's record to where it was written and what kind of error it tells."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, without anything that a request or an answer may have put into it."""
        if record.name.split(".")[0] not in OURS and not hasattr(record, "reduced"):
            record.reduced = True
            error = record.exc_info[1] if record.exc_info else None
            kind = f" ({type(error).__name__})" if error else ""
            record.msg = f"{record.module}:{record.lineno} {record.funcName}{kind}"
            record.args = None
            record.exc_info = record.exc_text = record.stack_info = None
        return True


def configure_logging() -> None:
    """Write the log to stderr, one line a record: ours, and what libraries warn of."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(PlaceAndKind())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(logging.INFO)
    quiet_slack_libraries()


def quiet_slack_libraries() -> None:
    """Let Slack's libraries say only that something is wrong, and where; Bolt's own loggers copy this."""
    SLACK_LIBRARIES.setLevel(logging.WARNING)
    if not SLACK_LIBRARIES.filters:
        SLACK_LIBRARIES.addFilter(PlaceAndKind())


def where(error: BaseException) -> str:
    """Say what kind of error it is and the way to it; not its message, which may quote a person's text."""
    frames = traceback.extract_tb(error.__traceback__)
    way = " < ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    return f"{type(error).__name__} at {way}" if way else type(error).__name__
