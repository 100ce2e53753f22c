"""The wiring: Bolt, its client, and what handlers find in the context."""

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from functools import partial

from slack_bolt.async_app import AsyncApp
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

import handlers
from bot.core import LANGUAGES, explain
from bot.logs import SLACK_LIBRARIES, quiet_slack_libraries
from bot.settings import Settings, is_loopback, only_our_settings
from bot.slack.background import UnderWay
from bot.slack.faults import Faults
from bot.slack.metrics import Metrics
from bot.slack.post import TIMEOUT, retry_handlers
from bot.slack.workspace import Workspace
from bot.store import Seen


@dataclass(frozen=True, slots=True)
class Rebond:
    """The app, and what the server around it needs to know."""

    app: AsyncApp
    client: AsyncWebClient
    workspace: Workspace
    under_way: UnderWay
    faults: Faults
    metrics: Metrics


def build_app(settings: Settings) -> Rebond:
    """Build the app of these settings; nothing is asked of Slack yet."""
    quiet_slack_libraries()
    warm_up()
    client = build_client(settings, settings.bot_token)
    workspace, under_way, metrics = Workspace(client), UnderWay(), Metrics()
    faults = Faults(metrics)
    with only_our_settings():
        app = AsyncApp(
            name="slack",
            logger=SLACK_LIBRARIES,
            client=build_client(settings, None),  # what Bolt copies for each request
            authorize=workspace,  # adds the token
            signing_secret=settings.signing_secret or "",
            process_before_response=True,  # the answer to a command is its acknowledgement: no polling for it
            attaching_function_token_enabled=False,
            attaching_conversation_kwargs_enabled=False,
        )
    app.use(Surroundings(client, under_way, faults, Seen(), metrics))
    app.error(faults)
    handlers.register(app)
    return Rebond(app, client, workspace, under_way, faults, metrics)


def warm_up() -> None:
    """Load what the first answers need: nobody waits for it, and a faulty catalogue stops the start."""
    for text in ("550 5.1.1 user unknown", "mailbox full"):
        explain(text)


def build_client(settings: Settings, token: str | None) -> AsyncWebClient:
    """Build a client for Slack's Web API: it gives up soon, and tries again when Slack asks it to."""
    client = AsyncWebClient(
        token=token,
        base_url=settings.api_url,
        timeout=TIMEOUT,
        logger=SLACK_LIBRARIES,
        retry_handlers=retry_handlers(),
    )
    if is_loopback(settings.api_url):
        client.proxy = None  # the SDK takes it from the environment whatever NO_PROXY says
    return client


class Surroundings(AsyncMiddleware):
    """
    Puts what handlers need into the context of each request.

    - `languages`: the languages to answer in;
    - `later(coroutine)`: starts an answer that outlives the acknowledgement; the error handler minds it;
    - `first_time(*keys)`: whether an event comes for the first time;
    - `answered(surface, kind)`: counts an answer;
    - `client`: the one client, in place of the copy that Bolt makes for each request.
    """

    def __init__(
        self, client: AsyncWebClient, under_way: UnderWay, faults: Faults, seen: Seen, metrics: Metrics
    ) -> None:
        self._under_way = under_way
        self._faults = faults
        self._same_for_all = {
            "languages": LANGUAGES,
            "first_time": seen.first_time,
            "answered": metrics.answered,
            "client": client,
        }

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,  # noqa: ARG002 - Bolt's signature
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002
    ) -> BoltResponse:
        """Fill the context, and go on."""
        req.context.update(self._same_for_all)
        req.context["later"] = partial(self._later, req)
        return await next()

    def _later(self, request: AsyncBoltRequest, answer: Coroutine[object, object, None]) -> None:
        self._under_way.start(self._guarded(request, answer))

    async def _guarded(self, request: AsyncBoltRequest, answer: Coroutine[object, object, None]) -> None:
        try:
            await answer
        except Exception as error:
            await self._faults(error, request)
