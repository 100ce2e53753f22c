"""The `rebond` command: run the bot or the playground, explain a text, check an installation."""

import argparse
import sys
from collections.abc import Sequence

from bot.core import LANGUAGES, CatalogueError


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run one command and give its exit status; each command is loaded only when it is asked for.

    0: done. 1: a check found something. 2: the arguments, the settings or a file do not allow it.
    """
    asked = _parser().parse_args(arguments)
    if asked.version:
        from importlib.metadata import version

        print(f"rebond {version('rebond')}")
        return 0
    try:
        if asked.command == "explain":
            from bot.operator.explain import explain_command

            return explain_command(asked)
        from bot.operator.operations import operate  # Slack's libraries, which `explain` does without

        return operate(asked)
    except CatalogueError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of a pipe has gone: `rebond explain … | head`
        sys.stderr.close()
        return 141


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="rebond",
        description="Explains SMTP replies and bounces, in English and in French. "
        "With tokens in the environment it answers in Slack; without, it opens the playground.",
    )
    parser.add_argument("--version", action="store_true", help="say which version this is")
    # Without `prog` it is made from the usage, for which modules load that `rebond explain` does without.
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", prog="rebond")
    commands.add_parser("run", help="answer in Slack; says what is missing in the settings")
    commands.add_parser("playground", help="a small Slack on 127.0.0.1, with the bot in it")
    explain = commands.add_parser("explain", help="explain a code, a reply, a file, or standard input")
    explain.add_argument("text", nargs="*", metavar="TEXT", help="a code, a pasted reply, words, or a file's name")
    explain.add_argument("-l", "--language", choices=LANGUAGES, help="answer in one language")
    explain.add_argument("--json", action="store_true", help="one JSON object a line")
    explain.add_argument("--lines", action="store_true", help="with --json: one object for each line of input")
    explain.add_argument("--full", action="store_true", help="with --lines: with title, meaning, advice and sources")
    check = commands.add_parser("check", help="check settings, catalogue and manifest; says what is missing")
    check.add_argument("--catalogue", action="store_true", help="the catalogue and the manifest alone")
    manifest = commands.add_parser("manifest", help="print the manifest to paste at api.slack.com")
    manifest.add_argument("--url", help="for HTTP: the public address of this bot, such as https://rebond.example.org")
    return parser


if __name__ == "__main__":
    sys.exit(main())
