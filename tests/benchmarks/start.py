"""
How long `rebond explain 452` takes to start, beside `python -c pass`, in pairs within one run.

    python -m tests.benchmarks.start [PAIRS]
"""

import statistics
import subprocess
import sys
import time
from pathlib import Path

LIMIT = 6  # times the bare interpreter


def seconds(*command: str) -> float:
    """The wall time of one run of a command, in seconds."""
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def main(pairs: int = 40) -> None:
    """Print the medians, in milliseconds, and the ratio pair by pair."""
    rebond = str(Path(sys.executable).with_name("rebond"))
    questions = {
        "a code": ("explain", "452"),
        "a code, as JSON": ("explain", "--json", "452"),
        "a reply": ("explain", "--json", "550 5.7.1 Relay access denied"),
        "words": ("explain", "--json", "boite pleine"),
    }
    for name, arguments in questions.items():
        timed = [(seconds(sys.executable, "-c", "pass"), seconds(rebond, *arguments)) for _ in range(pairs + 1)][1:]
        bare, ours = (statistics.median(times) * 1000 for times in zip(*timed, strict=True))
        ratio = statistics.median(our / base for base, our in timed)
        times = f"{ours:6.1f} ms, python -c pass {bare:5.1f} ms: {ratio:.2f} times"
        print(f"{name:16} {times} (the limit for a code is {LIMIT})")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
