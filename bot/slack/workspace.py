"""Who the bot is in its workspace: asked of Slack once, and handed to Bolt with every request."""

import asyncio

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_sdk.web.async_client import AsyncWebClient


class Workspace(AsyncAuthorize):
    """
    The one workspace of a bot token.

    Bolt by itself asks `auth.test` at the first request, and again for each that comes
    meanwhile: a slash command would wait for it.
    """

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._identity: AuthorizeResult | None = None
        self._asking = asyncio.Lock()

    async def identify(self) -> AuthorizeResult:
        """Return who we are; raises SlackApiError where Slack does not know the token."""
        async with self._asking:
            if self._identity is None:
                answer = await self._client.auth_test()
                self._identity = AuthorizeResult(
                    enterprise_id=answer.get("enterprise_id"),
                    team_id=answer.get("team_id"),
                    bot_id=answer.get("bot_id"),
                    bot_user_id=answer.get("user_id"),
                    bot_token=self._client.token,
                )
        return self._identity

    async def __call__(self, **_: object) -> AuthorizeResult:
        """Authorize a request: the signature has told already that it comes from our workspace."""
        return self._identity or await self.identify()
