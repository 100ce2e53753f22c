"""A person, or another bot, in the playground: what they do over its HTTP API, and what they see."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

import aiohttp

Json = dict[str, Any]

# A line of the live updates is as long as its message.
LONGEST_LINE = 2**22


class RefusedError(Exception):
    """The playground's Slack said no; `error` is its word for it."""

    def __init__(self, method: str, answer: Json) -> None:
        super().__init__(f"{method}: {answer.get('error')}")
        self.error: str = answer.get("error", "")
        self.answer = answer


class Client:
    """Calls the API with one token."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self.token = token

    async def __aenter__(self) -> Self:
        headers = {"Authorization": f"Bearer {self.token}"}
        self._session = aiohttp.ClientSession(self.url, headers=headers, read_bufsize=LONGEST_LINE)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()

    async def call(self, method: str, **arguments: Any) -> Json:
        """Call any method; a refusal is a RefusedError."""
        async with self._session.post(f"/api/{method}", json=arguments) as response:
            answer: Json = await response.json()
        if not answer.get("ok"):
            raise RefusedError(method, answer)
        return answer

    async def upload(self, name: str, content: bytes, channel: str = "general", **more: Any) -> None:
        """Share a file in a channel."""
        place = await self.call("files.getUploadURLExternal", filename=name, length=len(content))
        async with self._session.post(place["upload_url"], data=content) as response:
            response.raise_for_status()
        files = [{"id": place["file_id"], "title": name}]
        channel_id = await self.channel_id(channel)
        await self.call("files.completeUploadExternal", files=files, channel_id=channel_id, **more)

    async def channel_id(self, name: str) -> str:
        """Find a channel's id."""
        found = await self.call("conversations.list", types="public_channel,private_channel,im")
        return next(str(each["id"]) for each in found["channels"] if name in (each["id"], each.get("name")))


class OtherBot(Client):
    """Another app's bot, one that posts alerts, say."""

    def __init__(self, url: str, name: str = "mailwatch") -> None:
        super().__init__(url, f"xoxb-{name}")

    async def post(self, text: str = "", channel: str = "general", **more: Any) -> Json:
        """Post a message: text, blocks, attachments, thread_ts."""
        posted = await self.call("chat.postMessage", channel=channel, text=text, **more)
        return {**posted["message"], "channel": posted["channel"]}


class Person(Client):
    """
    A person in front of the page.

    Every message that is given to a method, and that a method gives back, is
    Slack's JSON with its `channel` added. What the person sees is kept in `messages`.
    """

    def __init__(self, url: str, name: str = "ada") -> None:
        super().__init__(url, f"xoxp-{name}")
        self.name = name
        self.messages: dict[tuple[str, str], Json] = {}
        self.views: list[Json] = []
        self._changed = asyncio.Event()
        self._listening: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        self.user_id = str((await self.call("auth.test"))["user_id"])
        looking = asyncio.Event()
        self._listening = asyncio.create_task(self._look(looking))
        await looking.wait()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._listening:
            self._listening.cancel()
            with suppress(asyncio.CancelledError):
                await self._listening
        await super().__aexit__(kind, error, trace)

    # What a person does

    async def command(self, command: str, text: str = "", channel: str = "general") -> Json:
        """Run a slash command, `/smtp`, say; give what the person sees."""
        return await self.call("chat.command", command=command, text=text, channel=channel)

    async def say(self, text: str, channel: str = "general") -> Json:
        """Post a message, typed as it is: `@rebond …` is a mention."""
        return await self._post(channel=channel, text=text)

    async def say_in_thread(self, message: Json, text: str) -> Json:
        """Reply below a message."""
        thread_ts = message.get("thread_ts") or message["ts"]
        return await self._post(channel=message["channel"], text=text, thread_ts=thread_ts)

    async def say_directly(self, text: str) -> Json:
        """Write to the app's bot in a direct message."""
        return await self._post(channel=await self.direct_message(), text=text)

    async def edit(self, message: Json, text: str) -> None:
        """Change an own message."""
        await self.call("chat.update", channel=message["channel"], ts=message["ts"], text=text)

    async def delete(self, message: Json) -> None:
        """Delete an own message."""
        await self.call("chat.delete", channel=message["channel"], ts=message["ts"])

    async def press(self, message: Json, action_id: str, value: str | None = None) -> None:
        """Press a button of a message, or choose a value from its menu."""
        place = {"channel": message["channel"], "ts": message["ts"]}
        await self.call("block.actions", **place, action_id=action_id, value=value)

    async def shortcut(self, callback_id: str, message: Json) -> None:
        """Run the app's shortcut on a message."""
        place = {"channel": message["channel"], "ts": message["ts"]}
        await self.call("message.shortcut", **place, callback_id=callback_id)

    async def open_home(self) -> None:
        """Look at the app's Home."""
        await self.call("app.home")

    async def speak(self, locale: str) -> None:
        """Set the language that the person chose in Slack: `fr-FR`, say."""
        await self.call("playground.locale", locale=locale)

    async def direct_message(self) -> str:
        """Open the direct message with the app's bot; give its channel id."""
        async with self._session.get("/page/app") as response:
            bot_id = (await response.json())["user_id"]
        opened = await self.call("conversations.open", users=bot_id)
        return str(opened["channel"]["id"])

    # What a person sees

    async def history(self, channel: str = "general") -> list[Json]:
        """Read a channel, newest first, own ephemeral messages too."""
        return await self._read("conversations.history", channel)

    async def thread(self, message: Json) -> list[Json]:
        """Read a thread, oldest first, the first message included."""
        ts = message.get("thread_ts") or message["ts"]
        return await self._read("conversations.replies", message["channel"], ts=ts)

    async def ephemerals(self, channel: str = "general") -> list[Json]:
        """Read what only this person sees at a channel's root, newest first."""
        return [message for message in await self.history(channel) if message.get("is_ephemeral")]

    async def sees(self, predicate: Callable[[Json], object], seconds: float = 10) -> Json:
        """Wait until a message in sight is so, and give the oldest such one."""
        async with asyncio.timeout(seconds):
            while True:
                found = (each for each in sorted(self.messages.values(), key=_ts) if predicate(each))
                if message := next(found, None):
                    return message
                await self._changed.wait()

    async def sees_reply(self, message: Json, seconds: float = 10) -> Json:
        """Wait for the first message of a bot below a message, or for this person alone there."""
        thread_ts = message.get("thread_ts") or message["ts"]

        def is_reply(each: Json) -> bool:
            there = each["channel"] == message["channel"] and each.get("thread_ts") == thread_ts
            return there and each["ts"] > message["ts"] and "bot_id" in each

        return await self.sees(is_reply, seconds)

    async def sees_ephemeral(self, after: Json | None = None, seconds: float = 10) -> Json:
        """Wait for the first message for this person alone that is newer than another one."""
        since = after["ts"] if after else ""
        return await self.sees(lambda each: each.get("is_ephemeral") and each["ts"] > since, seconds)

    async def sees_gone(self, message: Json, seconds: float = 10) -> None:
        """Wait until a message is no longer there."""
        async with asyncio.timeout(seconds):
            while (message["channel"], message["ts"]) in self.messages:
                await self._changed.wait()

    async def _post(self, **arguments: Any) -> Json:
        posted = await self.call("chat.postMessage", **arguments)
        return {**posted["message"], "channel": posted["channel"]}

    async def _read(self, method: str, channel: str, **arguments: Any) -> list[Json]:
        channel_id = channel if channel.startswith("D") else await self.channel_id(channel)
        answer = await self.call(method, channel=channel_id, limit=1000, **arguments)
        return [{**message, "channel": channel_id} for message in answer["messages"]]

    async def _look(self, looking: asyncio.Event) -> None:
        timeout = aiohttp.ClientTimeout(total=None)
        async with self._session.get("/page/events", params={"token": self.token}, timeout=timeout) as stream:
            async for line in stream.content:
                if line.startswith(b"data: "):
                    self._happened(json.loads(line.removeprefix(b"data: ")))
                    looking.set()

    def _happened(self, event: Json) -> None:
        match event["type"]:
            case "message" | "message_changed":
                message = {**event["message"], "channel": event["channel"]}
                self.messages[message["channel"], message["ts"]] = message
            case "message_deleted":
                self.messages.pop((event["channel"], event["message"]["ts"]), None)
            case "view_opened" | "view_updated" | "view_published":
                self.views.append(event["view"])
        self._changed.set()
        self._changed = asyncio.Event()


def _ts(message: Json) -> str:
    return str(message["ts"])
