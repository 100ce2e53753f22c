"""
How fast lines and whole notices are read, beside the floor of the language, in one run on one core.

    python -m tests.benchmarks.speed [--lines N] [--pairs N]

Lines: `rebond explain --json --lines`, beside a loop that only finds codes with one regular expression and
prints one JSON object a line; whole processes, in pairs, over the same distinct lines. Notices: messages a
second inside one process, over tests/bounces and the corpus where it is there.
"""

import argparse
import itertools
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bot.core import explain
from tests.benchmarks.shared import ROOT, TOOLS, rows_of

LEAST_RATIO = 1 / 3
LEAST_NOTICES = 1_500

FLOOR = r"""
import json, re, sys

code = re.compile(r"\b([2-5]\d\d)[ -](?:([245]\.\d{1,3}\.\d{1,3})\b)?")
with open(sys.argv[1], encoding="utf-8") as lines:
    for line in lines:
        found = code.search(line)
        reply_code, enhanced = found.groups() if found else (None, None)
        print(json.dumps({"reply_code": reply_code, "enhanced_status_code": enhanced}))
"""

ANSWERS = (
    "550 5.1.1 <{recipient}>: Recipient address rejected: User unknown",
    "452 4.2.2 The mailbox of {recipient} is full",
    "451 4.7.1 <{recipient}>: Greylisted, come back in {wait} seconds",
    "554 5.7.1 Service unavailable; client [192.0.{byte}.{last_byte}] is blocked using dnsbl.example.org",
    "552-5.3.4 Message {number} exceeds 552 5.3.4 the size limit of this server",
    "550 5.7.26 Unauthenticated mail from example.net is not accepted, id {number}",
    "421 4.3.2 Service shutting down, try again later ({number})",
)


def main() -> None:
    """Measure lines, then notices, and print each beside what is asked of it."""
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("--lines", type=int, default=60_000, help="distinct lines of each kind")
    parser.add_argument("--pairs", type=int, default=3, help="how often both processes are run")
    asked = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):  # the processes that are started inherit it
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as folder:
        for name, lines in kinds_of_lines(Path(folder), asked.lines).items():
            file = Path(folder, "lines.log")
            file.write_text("\n".join(lines) + "\n", encoding="utf-8")
            measure_lines(name, file, len(lines), asked.pairs)
    measure_notices()


def kinds_of_lines(folder: Path, most: int) -> dict[str, list[str]]:
    """Give distinct lines: bare answers, whole logs and the lines of them that tell of a failure."""
    kinds = {"bare answers": list(itertools.islice(bare_answers(), most))}
    if not (TOOLS / "make_biglog.py").is_file():
        print(f"There is no make_biglog.py at {TOOLS}: logs are made of the same answers.")
        return {**kinds, "postfix, failures": list(itertools.islice(postfix_lines(), most))}
    for kind, marks in (("postfix", ("status=bounced", "status=deferred")), ("exim", (" ** ", " == "))):
        file = folder / f"{kind}.log"
        command = [sys.executable, str(TOOLS / "make_biglog.py"), kind, "-n", str(most), "-o", str(file)]
        failing = [*command, "--fail", "1", "--truth", os.devnull]
        subprocess.run([*command, "--truth", os.devnull], check=True)
        kinds[f"{kind}, whole log"] = distinct(file)
        subprocess.run(failing, check=True)
        kinds[f"{kind}, failures"] = [line for line in distinct(file) if any(mark in line for mark in marks)]
    return kinds


def distinct(file: Path) -> list[str]:
    """Give the lines of a file, each once."""
    return list(dict.fromkeys(file.read_text(encoding="utf-8").splitlines()))


def bare_answers() -> Iterator[str]:
    """Give answers that differ, without end."""
    chance = random.Random(1)
    for number in itertools.count(1):
        recipient = f"jo{number}@example.org"
        yield chance.choice(ANSWERS).format(
            recipient=recipient, number=number, byte=number // 256, last_byte=number % 256, wait=number % 600
        )


def postfix_lines() -> Iterator[str]:
    """Give the same answers as Postfix writes them."""
    for number, answer in enumerate(bare_answers()):
        yield (
            f"Nov 23 14:22:54 mail postfix/smtp[165]: {number:011X}: to=<jo{number}@example.org>, "
            f"relay=mx.example.org[192.0.2.1]:25, delay=1.2, delays=0.1/0/0.5/0.6, dsn={answer[4:9]}, "
            f"status=bounced (host mx.example.org[192.0.2.1] said: {answer} (in reply to RCPT TO command))"
        )


def measure_lines(name: str, file: Path, lines: int, pairs: int) -> None:
    """Run both processes in turns and print the lines a second of each, and the median of the ratios."""
    ours = [sys.executable, "-m", "bot", "explain", "--json", "--lines", str(file)]
    floor = [sys.executable, "-c", FLOOR, str(file)]
    timed = [(seconds(floor), seconds(ours)) for _ in range(pairs + 1)][1:]
    base, our = (statistics.median(times) for times in zip(*timed, strict=True))
    ratio = statistics.median(base / our for base, our in timed)
    print(
        f"{name:20} {lines:6} lines: {lines / our:7.0f}/s, one regular expression {lines / base:7.0f}/s: "
        f"{ratio:.2f} of the floor (at least {LEAST_RATIO:.2f} is asked)"
    )


def seconds(command: list[str]) -> float:
    """Run a process to its end, with nobody reading and its output buffered, and give how long it took."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    started = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, cwd=ROOT, env=environment, check=True)
    return time.perf_counter() - started


def measure_notices() -> None:
    """Print the whole notices a second of our own samples and of the corpus."""
    samples = [file.read_text(encoding="utf-8", errors="replace") for file in sorted(ROOT.glob("tests/bounces/*.eml"))]
    kinds = {
        "our samples": samples,
        "corpus, notices": [row["text"] for row in rows_of("notices")],
        "corpus, mta_notices": [row["text"] for row in rows_of("mta_notices")],
    }
    for name, texts in kinds.items():
        if not texts:
            print(f"{name:20} not there")
            continue
        rates = [notices_a_second(texts) for _ in range(4)][1:]
        rate = statistics.median(rates)
        print(f"{name:20} {len(texts):6} notices: {rate:7.0f}/s (at least {LEAST_NOTICES} is asked)")


def notices_a_second(texts: list[str]) -> float:
    """Explain each text once, with a last line of its own, so that no two are alike."""
    apart = [f"{text}\n{number}\n" for number, text in enumerate(texts)]
    started = time.perf_counter()
    for text in apart:
        explain(text, words=False)
    return len(texts) / (time.perf_counter() - started)


if __name__ == "__main__":
    main()
