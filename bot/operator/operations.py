"""What an operator does at the command line: run the bot or the playground, check, print the manifest."""

import argparse
import asyncio
import gc
import sys
from collections.abc import Callable, Coroutine, Iterable
from functools import partial
from typing import Any

import uvicorn

from bot.core import catalogue
from bot.core.ready import load, use_team
from bot.core.team_source import read_team
from bot.logs import configure_logging
from bot.operator.check import check
from bot.operator.language import operator_language
from bot.operator.manifest import http_manifest_text, manifest_text
from bot.operator.try_out import try_out
from bot.problems import NotReadyError
from bot.serve import serve, stop_signals
from bot.settings import Settings, has_tokens


def operate(asked: argparse.Namespace) -> int:
    """Do what the command line asks; return the exit status."""
    try:
        return _COMMANDS[asked.command](asked)
    except NotReadyError as error:
        _say(problem.sentence(operator_language()) for problem in error.problems)
        return 2


def _run_or_try_out(asked: argparse.Namespace) -> int:
    return _run(asked) if has_tokens() else _try_out(asked)


def _run(_: argparse.Namespace) -> int:
    settings = Settings.from_environment()
    _load_knowledge(settings)
    configure_logging()
    return _until_stopped(lambda stop: serve(settings, stop))


def _try_out(_: argparse.Namespace) -> int:
    settings = Settings.from_environment(tokens=False)
    _load_knowledge(settings)
    configure_logging()
    return _until_stopped(lambda stop: try_out(settings, stop, partial(print, flush=True)))


def _load_knowledge(settings: Settings) -> None:
    """Load the catalogue, and lay the team's own over it; faults raise CatalogueError."""
    if settings.catalogue:
        use_team(read_team(settings.catalogue))
    load()
    gc.freeze()  # what is loaded stays: the garbage collector need not look through it again and again


def _check(asked: argparse.Namespace) -> int:
    faults = check(catalogue_only=asked.catalogue)
    _say(faults)
    if faults:
        return 1
    print(catalogue().interface["check_passed"][operator_language()])  # noqa: T201
    return 0


def _manifest(asked: argparse.Namespace) -> int:
    print(http_manifest_text(asked.url) if asked.url is not None else manifest_text(), end="")  # noqa: T201
    return 0


_COMMANDS: dict[str | None, Callable[[argparse.Namespace], int]] = {
    None: _run_or_try_out,
    "run": _run,
    "playground": _try_out,
    "check": _check,
    "manifest": _manifest,
}


def _until_stopped(run: Callable[[asyncio.Event], Coroutine[Any, Any, None]]) -> int:
    """Run until SIGTERM or SIGINT; both are a wish that is granted, so the status is 0."""

    async def running() -> None:
        with stop_signals() as stop:
            await run(stop)

    with asyncio.Runner(loop_factory=uvicorn.Config("", log_config=None).get_loop_factory()) as runner:
        runner.run(running())
    return 0


def _say(sentences: Iterable[str]) -> None:
    for sentence in sentences:
        print(sentence, file=sys.stderr)  # noqa: T201
