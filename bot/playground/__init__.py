"""A small Slack that runs here: to try the app without a workspace, and to test it against."""

from bot.playground.server import Playground

__all__ = ["Playground"]
