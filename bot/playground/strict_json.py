"""JSON as Slack takes it: no NaN, no half characters, not too deep."""

import json
from typing import Any


def read_json(text: str | bytes) -> Any:
    """
    Read JSON that can be written again; a ValueError for everything else.

    >>> read_json('{"ok": true}')
    {'ok': True}
    """
    try:
        value = json.loads(text)
        json.dumps(value, allow_nan=False, ensure_ascii=False).encode()
    except RecursionError:
        raise ValueError("too deep") from None
    return value
