"""
Feed the core texts that atheris invents, for a bounded time; any exception or slow answer ends it.

    python -m tests.fuzz.explain_text [--seconds N]

The samples of tests/bounces are what it starts from. Where atheris is missing there is nothing to do, and that is
said: it has wheels for Linux alone, so it is no dependency (`uv run --with atheris python -m tests.fuzz.explain_text`).
"""

import argparse
import importlib
import importlib.util
import json
import sys
import tempfile
import time
from pathlib import Path

BOUNCES = Path(__file__).parent.parent / "bounces"
LONGEST_TEXT = 50_000  # bytes
LONGEST_TIME = 3  # seconds for one text


def main() -> None:
    """Fuzz for the seconds that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("--seconds", type=int, default=60)
    seconds: int = parser.parse_args().seconds
    if not importlib.util.find_spec("atheris"):
        print("atheris is not installed: nothing is fuzzed.")
        return
    atheris = importlib.import_module("atheris")

    with atheris.instrument_imports(include=["bot.core", "email"]):
        from bot.core import explain
        from bot.render.record import record

    explain("550 5.1.1 to load what is compiled at its first use")

    def explain_text(content: bytes) -> None:
        started = time.perf_counter()
        json.dumps(record(explain(content.decode("utf-8", "surrogateescape"))))
        if time.perf_counter() - started > LONGEST_TIME:
            raise TimeoutError(f"{len(content)} bytes took more than {LONGEST_TIME} seconds")

    with tempfile.TemporaryDirectory() as found:
        limits = [f"-max_total_time={seconds}", f"-max_len={LONGEST_TEXT}", "-rss_limit_mb=2048", "-timeout=10"]
        atheris.Setup([sys.argv[0], *limits, found, str(BOUNCES)], explain_text)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
