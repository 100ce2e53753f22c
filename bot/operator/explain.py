"""`rebond explain`: texts, files and standard input, explained in the terminal or as JSON."""

import argparse
import gc
import json
import os
import sys
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from bot.core import LANGUAGES, catalogue, explain
from bot.core.paste import LONGEST

_LINES_AT_ONCE = 500  # of files; of standard input and pipes each line is told as soon as it comes
_LARGEST_FILE = 4 * LONGEST + 1  # bytes: all that `explain` reads, and one more to know that there is more


def explain_command(asked: argparse.Namespace) -> int:
    """Explain what was asked; 0, or 2 where a file cannot be read."""
    gc.disable()  # most of what is made is the catalogue, which stays: to look through it for garbage takes long
    try:
        return _explain_command(asked)
    finally:
        gc.enable()


def _explain_command(asked: argparse.Namespace) -> int:
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    if folder := _team_folder():
        from bot.core.ready import use_team
        from bot.core.team_source import read_team

        use_team(read_team(folder))
    if asked.lines and not asked.json:
        return _refuse("lines_need_json")
    if folders := _folders(asked.text):
        return _refuse("is_folder", file=folders[0])
    if asked.lines and (missing := [argument for argument in asked.text if not os.path.exists(argument)]):
        return _refuse("lines_need_file", file=_shown(missing[0]))
    try:
        if asked.lines:
            _print_lines(_lines(asked.text), full=asked.full, at_once=_at_once(asked.text))
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


def _print_lines(lines: Iterable[str], *, full: bool, at_once: int) -> None:
    from bot.core.signs import matcher
    from bot.render.lines import LineRecords

    matcher()
    gc.freeze()
    gc.enable()
    record_of = LineRecords(texts=full)
    some: list[str] = []
    try:
        for line in lines:
            some.append(record_of(line) + "\n")
            if len(some) >= at_once:
                sys.stdout.write("".join(some))
                some.clear()
    finally:  # what was read before a file could not be
        sys.stdout.write("".join(some))
        sys.stdout.flush()


def _at_once(files: list[str]) -> int:
    return _LINES_AT_ONCE if files and all(map(os.path.isfile, files)) else 1


def _texts(arguments: list[str]) -> Iterator[str]:
    """Each file's whole text, then all other arguments together; standard input where there is none."""
    files = [argument for argument in arguments if os.path.exists(argument) and not os.path.isdir(argument)]
    for file in files:
        with open(file, "rb") as opened:
            yield _beginning(opened, file)
    words = [argument for argument in arguments if argument not in files]
    if words and words != ["-"]:
        yield _decoded(os.fsencode(" ".join(words)))
    elif words or not files:
        yield _beginning(sys.stdin.buffer, "stdin")


def _beginning(opened: BinaryIO, name: str) -> str:
    """As much of a file as is explained; says so on standard error where there is more."""
    text = _decoded(opened.read(_LARGEST_FILE))
    if len(text) > LONGEST:
        _refuse("not_all_read", file=name, count=LONGEST)
    return text


def _lines(files: list[str]) -> Iterator[str]:
    """The lines of each file, or of standard input."""
    if not files:
        sys.stdin.reconfigure(encoding="utf-8", errors="replace", newline="\n")  # type: ignore[union-attr]
        yield from sys.stdin
    for file in files:
        with open(file, encoding="utf-8", errors="replace", newline="\n") as opened:
            yield from opened


def _decoded(content: bytes) -> str:
    return content.decode("utf-8", "replace")


def _team_folder() -> str | None:
    """The folder of a team's own knowledge; the settings are loaded only where a `.env` may name one."""
    if not os.path.exists(".env"):
        return os.environ.get("REBOND_CATALOGUE", "").strip() or None
    from bot.settings import team_folder

    return team_folder()


def _folders(arguments: list[str]) -> list[str]:
    """
    The arguments that are meant as folders.

    Among other words, or as a code, one that is called like a folder here is still a text to explain.
    """
    folders = [argument for argument in arguments if os.path.isdir(argument)]
    if folders and all(map(os.path.exists, arguments)) and explain(" ".join(arguments)).kind != "code":
        return folders
    return [folder for folder in folders if os.sep in folder]


def _looks_like_a_file(argument: str) -> bool:
    """Whether an argument that names no file was probably meant to."""
    return argument.endswith((".eml", ".log", ".txt", ".msg")) and " " not in argument and not os.path.exists(argument)


def _shown(argument: str) -> str:
    """As much of an argument as a sentence holds, in one line."""
    from bot.render.quote import cut

    return cut(" ".join(argument.split()), 60)


def _refuse(key: str, **values: object) -> int:
    """Say on standard error, in the operator's language, why something was not done; gives the exit status."""
    from bot.operator.language import operator_language

    print(catalogue().interface[key][operator_language()].format(**values), file=sys.stderr)
    return 2
