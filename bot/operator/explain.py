"""`rebond explain`: texts, files and standard input, explained in the terminal or as JSON."""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator

from bot.core import LANGUAGES, catalogue, explain

_LARGEST_FILE = 10_000_000  # bytes; what follows is not read


def explain_command(asked: argparse.Namespace) -> int:
    """Explain what was asked; 0, or 2 where a file cannot be read."""
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    if folder := os.environ.get("REBOND_CATALOGUE"):  # bot.settings would bring all that `explain` does without
        from bot.core.ready import use_team
        from bot.core.team_source import read_team

        use_team(read_team(folder))
    if asked.lines and not asked.json:
        return _refuse("lines_need_json")
    try:
        if asked.lines:
            _print_lines(_lines(asked.text), full=asked.full)
        else:
            for text in _texts(asked.text):
                _print(text, asked)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        return _refuse("unreadable_file", file=error.filename, reason=error.strerror)
    missing = [argument for argument in asked.text if _looks_like_a_file(argument)]
    return _refuse("no_such_file", file=missing[0]) if missing else 0


def _print(text: str, asked: argparse.Namespace) -> None:
    if asked.json:
        from bot.render.record import record

        print(json.dumps(record(explain(text)), ensure_ascii=False))
    else:
        from bot.render.text import terminal

        print(terminal(explain(text), (asked.language,) if asked.language else LANGUAGES))


def _print_lines(lines: Iterable[str], *, full: bool) -> None:
    import orjson  # a line in a fraction of the time of the standard library's json

    from bot.render.record import record

    write = sys.stdout.buffer.write
    for line in lines:
        write(orjson.dumps(record(explain(line), texts=full)))
        write(b"\n")
    sys.stdout.buffer.flush()


def _texts(arguments: list[str]) -> Iterator[str]:
    """Each file's whole text, then all other arguments together; standard input where there is none."""
    files = [argument for argument in arguments if os.path.isfile(argument)]
    for file in files:
        with open(file, "rb") as opened:
            yield _decoded(opened.read(_LARGEST_FILE))
    words = [argument for argument in arguments if argument not in files]
    if words:
        yield _decoded(os.fsencode(" ".join(words)))
    elif not files:
        yield _decoded(sys.stdin.buffer.read(_LARGEST_FILE))


def _lines(files: list[str]) -> Iterator[str]:
    """The lines of each file, or of standard input."""
    if not files:
        yield from map(_decoded, sys.stdin.buffer)
    for file in files:
        with open(file, "rb") as opened:
            yield from map(_decoded, opened)


def _decoded(content: bytes) -> str:
    return content.decode("utf-8", "replace")


def _looks_like_a_file(argument: str) -> bool:
    """Whether an argument that names no file was probably meant to."""
    return argument.endswith((".eml", ".log", ".txt", ".msg")) and " " not in argument and not os.path.isfile(argument)


def _refuse(key: str, **values: object) -> int:
    """Say on standard error, in the operator's language, why something was not done; gives the exit status."""
    from bot.operator.language import operator_language

    print(catalogue().interface[key][operator_language()].format(**values), file=sys.stderr)
    return 2
