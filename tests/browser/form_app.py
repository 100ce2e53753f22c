"""A tiny app with what Rebond may have one day: a Home, a modal with every kind of field, feedback buttons."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Playground

Json = dict[str, Any]

MANIFEST: Json = {
    "display_information": {"name": "Formy"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "formy"},
        "shortcuts": [{"name": "Paste a Bounce", "type": "global", "callback_id": "paste", "description": "A modal"}],
    },
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write", "im:history"]}},
    "settings": {"event_subscriptions": {"bot_events": ["app_home_opened"]}},
}


def plain(text: str) -> Json:
    """Make a plain text object."""
    return {"type": "plain_text", "text": text}


def field(name: str, element: Json, **more: Any) -> Json:
    """Make an input block."""
    return {
        "type": "input",
        "block_id": name,
        "label": plain(name),
        "element": {**element, "action_id": name},
        **more,
    }


def options(*names: str) -> list[Json]:
    """Make options."""
    return [{"text": plain(name), "value": name.lower()} for name in names]


def modal(title: str, *blocks: Json) -> Json:
    """Make a modal that can be submitted."""
    return {"type": "modal", "title": plain(title), "submit": plain("Explain"), "blocks": list(blocks)}


FORM = modal(
    "Paste a bounce",
    field("Bounce", {"type": "plain_text_input", "multiline": True}, hint=plain("All of it, headers too")),
    field("Note", {"type": "plain_text_input"}, optional=True),
    field("Language", {"type": "static_select", "options": options("English", "French")}, optional=True),
    field("Parts", {"type": "checkboxes", "options": options("Meaning", "Advice")}, optional=True),
    field("For", {"type": "radio_buttons", "options": options("Me", "Everybody")}, optional=True),
    field("Since", {"type": "datepicker"}, optional=True),
)

HOME: Json = {
    "type": "home",
    "blocks": [
        {"type": "header", "text": plain("What Formy does")},
        {
            "type": "actions",
            "elements": [{"type": "button", "text": plain("Paste a Bounce"), "action_id": "open"}],
        },
    ],
}


class FormApp:
    """The app; `submitted` has what was filled in, each time."""

    def __init__(self, slack: Playground) -> None:
        self.client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
        self.client.proxy = None
        self.app = AsyncApp(client=self.client, signing_secret=slack.signing_secret, process_before_response=True)
        self.submitted: list[Json] = []
        self.pressed: list[Json] = []
        self.app.shortcut("paste")(self._open)
        self.app.action("open")(self._open)
        self.app.action("rate")(self._rate)
        self.app.view("")(self._submit)
        self.app.event("app_home_opened")(self._home)

    async def _open(self, ack: AsyncAck, body: Json) -> None:
        await ack()
        await self.client.views_open(trigger_id=body["trigger_id"], view=FORM)

    async def _rate(self, ack: AsyncAck, action: Json) -> None:
        await ack()
        self.pressed.append(action)

    async def _submit(self, ack: AsyncAck, view: Json) -> None:
        values = {name: held[name] for name, held in view["state"]["values"].items()}
        if view["title"]["text"] != FORM["title"]["text"]:
            await ack(response_action="clear")
        elif "550" not in values["Bounce"]["value"]:
            await ack(response_action="errors", errors={"Bounce": "There is no reply code in it"})
        else:
            self.submitted.append(values)
            sure = modal("Sure?", {"type": "section", "text": plain("It will be explained")})
            await ack(response_action="push", view=sure)

    async def _home(self, event: Json) -> None:
        await self.client.views_publish(user_id=event["user"], view=HOME)


@asynccontextmanager
async def form_app(slack: Playground) -> AsyncIterator[FormApp]:
    """Run the app, connected by Socket Mode."""
    form = FormApp(slack)
    handler = AsyncSocketModeHandler(form.app, slack.app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    try:
        await slack.bot_connected()
        yield form
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]
