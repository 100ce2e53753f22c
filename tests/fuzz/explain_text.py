"""
Feed hostile bytes to the core by both roads into it, a paste and a file, for a bounded time.

    python -m tests.fuzz.explain_text [--seconds N] [FILE…]

Atheris makes them out of tests/bounces and the catalogue's examples. An exception, or an answer that takes too long,
ends it with a status that is not 0 and leaves the input in tests/fuzz/found; naming that FILE tries it once more.
Atheris is the dependency group `fuzz`. Where it has no wheel nothing is fuzzed, and that is said.
"""

import argparse
import importlib
import importlib.util
import io
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

BOUNCES = Path(__file__).parent.parent / "bounces"
FOUND = Path(__file__).parent / "found"
LONGEST_TEXT = 50_000  # bytes
LONGEST_TIME = 3  # seconds for one text by both roads; a hundredth is usual
LIMITS = (f"-max_len={LONGEST_TEXT}", "-timeout=10", "-rss_limit_mb=2048")
QUIET = ("-verbosity=0", "-print_final_stats=1", "-reload=0")


def main() -> None:
    """Fuzz for the seconds that are asked for, or try the files that are named."""
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("files", nargs="*", metavar="FILE")
    asked = parser.parse_args()
    if not importlib.util.find_spec("atheris"):
        print("Nothing is fuzzed: no atheris here (--group fuzz; wheels for Linux on x86_64, Python 3.11 to 3.14).")
        return
    seeds = FOUND / "seeds"
    shutil.rmtree(seeds, ignore_errors=True)
    seeds.mkdir(parents=True)
    for number, seed in enumerate(_seeds()):
        Path(seeds, str(number)).write_bytes(seed)
    options = [*LIMITS, *QUIET, f"-max_total_time={asked.seconds}", f"-artifact_prefix={FOUND}/"]
    _fuzz([sys.argv[0], *options, *(asked.files or [str(seeds)])])


def _fuzz(arguments: list[str]) -> None:
    """Hand over to atheris, which ends the process."""
    atheris = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["bot.core"]):
        from bot.core import explain
        from bot.core.ready import load
        from bot.operator.explain import explain_command
        from bot.render.blocks import answer
        from bot.render.mrkdwn import escape
        from bot.slack.message import readings
        from bot.slack.reading import explain_readings

        load()
        for bounce in _bounces():  # some modules are imported at their first use
            explain(bounce.read_text(errors="replace"))

    file = Path(FOUND, "file")
    as_json = argparse.Namespace(text=[str(file)], json=True, lines=False)

    def paste(content: bytes) -> None:
        text = content.decode("utf-8", "surrogateescape")
        answer(explain_readings(readings({"text": escape(text)})))

    def read_file(content: bytes) -> None:
        file.write_bytes(content)
        with redirect_stdout(io.TextIOWrapper(io.BytesIO())):
            assert explain_command(as_json) == 0

    def take_both_roads(content: bytes) -> None:
        started = time.perf_counter()
        paste(content)
        read_file(content)
        if (taken := time.perf_counter() - started) > LONGEST_TIME:
            raise TimeoutError(f"{len(content)} bytes took {taken:.1f} seconds")

    atheris.Setup(arguments, take_both_roads)
    atheris.Fuzz()


def _seeds() -> Iterator[bytes]:
    """Where to begin: bounces, a long paste of them, and from each file of the catalogue an example of each cause."""
    from bot.core.catalogue_source import read_tables

    bounces = [bounce.read_bytes() for bounce in _bounces()]
    yield from bounces
    yield b"\n\n".join(bounces)[:LONGEST_TEXT]
    for name, file in read_tables("signs").items():
        examples = {sign.get("cause", name): sign["examples"][0] for sign in _signs(file)}
        yield from (example.encode() for example in examples.values())


def _bounces() -> list[Path]:
    return sorted({*BOUNCES.glob("*.eml"), *BOUNCES.glob("*.log")})


def _signs(entries: Any) -> Iterator[dict[str, Any]]:
    """The entries with examples, however deep they stand."""
    for entry in entries.values() if isinstance(entries, dict) else entries if isinstance(entries, list) else ():
        if isinstance(entry, dict) and "examples" in entry:
            yield entry
        else:
            yield from _signs(entry)


if __name__ == "__main__":
    main()
