"""What axe-core, the usual checker of accessibility, finds in a window."""

import json

from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]

from tests.browser.window import Window

# Where there is room for one pane only, that is not always the main one.
ONE_PANE_AT_A_TIME = ("landmark-one-main", "page-has-heading-one")


async def assert_accessible(window: Window) -> None:
    """Find nothing but what axe itself calls minor."""
    found = await Axe().run(window.page)
    faults = [
        f"{fault['id']}: {[node['html'][:120] for node in fault['nodes']]}"
        for fault in found.response["violations"]
        if fault["impact"] != "minor" and fault["id"] not in ONE_PANE_AT_A_TIME
    ]
    assert not faults, json.dumps(faults, indent=1, ensure_ascii=False)
