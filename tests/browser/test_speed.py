"""How heavy and how fast the page is; the limits leave room for a busy machine."""

import pytest
from playwright.async_api import expect

from bot.playground import Playground
from bot.playground.workspace import Message
from tests.browser.window import OpenWindow, Window

pytestmark = pytest.mark.asyncio(loop_scope="session")

FIRST_PAINT = """new Promise((painted) => new PerformanceObserver((list) => painted(list.getEntries()[0].startTime))
    .observe({ type: "paint", buffered: true }))"""
WEIGHT = """performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))
    .reduce((total, each) => total + each.decodedBodySize, 0)"""

# Scrolls as a wheel does, a notch a frame, and gives the time that each frame took.
SCROLL = """async (distance) => {
    const [list, frames] = [document.getElementById("messages"), []];
    const frame = () => new Promise(requestAnimationFrame);
    for (let before = await frame(), left = distance; left > 0; left -= 100) {
        list.scrollTop -= 100;
        const now = await frame();
        frames.push(now - before);
        before = now;
    }
    return frames;
}"""


async def test_the_page_is_light_and_paints_at_once(ada: Window) -> None:
    await expect(ada.side).to_be_visible()
    assert await ada.page.evaluate(WEIGHT) < 150_000
    paints = []
    for _ in range(3):
        await ada.page.reload()
        paints.append(await ada.page.evaluate(FIRST_PAINT))
    assert min(paints) < 500


async def test_a_thousand_messages_stay_smooth(slack: Playground, open_window: OpenWindow) -> None:
    fill_channel(slack, 1000)
    ada = await open_window("ada")
    await expect(ada.message("message 1000")).to_be_visible()
    frames = sorted(await ada.page.evaluate(SCROLL, 20_000))
    assert frames[len(frames) // 2] < 34
    assert frames[len(frames) * 95 // 100] < 100
    await ada.page.evaluate("document.getElementById('messages').scrollTop = 0")
    await expect(ada.message("message 700")).to_be_attached()
    await ada.says("/smtp 452")
    await expect(ada.page.locator(".ephemeral")).to_contain_text("Insufficient system storage")


def fill_channel(slack: Playground, count: int) -> None:
    """Let somebody have said a lot before one comes."""
    workspace = slack.hub.workspace
    channel, grace = workspace.channel_named("general"), workspace.person("grace")
    for number in range(1, count + 1):
        text = f"message {number}: 452 4.2.2 The mailbox of this user is over its quota, try again later"
        said = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
        blocks = [{"type": "rich_text", "block_id": f"b{number}", "elements": [said]}]
        workspace.add(Message(channel, workspace.next_ts(), grace, text, blocks))
