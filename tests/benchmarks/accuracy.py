"""
How often cause, codes, permanence, provider and recipient are right, over a corpus of labelled failures.

    python -m tests.benchmarks.accuracy [FILE…] [--errors N] [--rows CAUSE]

Without names all five files of ../shared/corpus are measured; where that folder is missing there is nothing
to do, and that is said. After the table stand the worst confusions: what was right, what we said, how often,
and rows to look at. `--rows CAUSE` lists instead every row that should have been CAUSE and was not.
"""

import argparse
from collections import Counter, defaultdict
from typing import Any

from bot.core import Failure, explain
from tests.benchmarks.shared import CORPUS, CORPUS_FILES, rows_of, tool

FIELDS = ("cause", "reply", "status", "permanent", "provider", "recipient")

# What we want to reach on texts that nobody tuned for, in percent.
GOALS: dict[str, dict[str, float]] = {
    "notices": {"cause": 96, "reply": 99, "status": 99, "recipient": 98.5},
    "responses": {"cause": 93, "reply": 98, "status": 99, "provider": 95},
    "rules": {"cause": 93, "reply": 98, "status": 99},
    "mta_notices": {"cause": 95, "reply": 99, "status": 98, "recipient": 99},
    "mta_logs": {"cause": 95, "reply": 98, "status": 98, "recipient": 98},
}


def prediction(failure: Failure) -> dict[str, Any]:
    """Give a failure in the words of the scoring script."""
    return {
        "cause": failure.cause,
        "reply": failure.reply_code,
        "status": failure.enhanced_status_code,
        "permanent": failure.permanence and failure.permanence == "permanent",
        "provider": failure.provider,
        "recipient": failure.final_recipient,
    }


def failures_of(text: str) -> tuple[Failure, ...]:
    """Give what is read out of a text, as in a channel where nobody asked for words."""
    return explain(text, words=False).failures


def main() -> None:
    """Print a table of the files, then the confusions."""
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("files", nargs="*", default=CORPUS_FILES, metavar="FILE", help=" ".join(CORPUS_FILES))
    parser.add_argument("--errors", type=int, default=15, help="confusions printed for each file")
    parser.add_argument("--rows", metavar="CAUSE", help="list the rows that were not read as it")
    asked = parser.parse_args()
    if not CORPUS.is_dir():
        print(f"There is no corpus at {CORPUS}: nothing to measure.")
        return
    score = tool("score").score
    print(f"{'file':12}" + "".join(f"{field:>18}" for field in FIELDS) + f"{'extra':>14}")
    confusions: dict[str, list[Any]] = {}
    for name in asked.files:
        rows = rows_of(name)
        predictions = [
            {
                "id": row["id"],
                "failures": [prediction(failure) for failure in explain(row["text"], words=False).failures],
            }
            for row in rows
        ]
        results, confusions[name], extra = score(predictions, rows)
        expected = sum(len(row["failures"]) for row in rows)
        cells = "".join(f"{_cell(results.get(field), GOALS[name].get(field)):>18}" for field in FIELDS)
        print(f"{name:12}{cells}{f'{extra} ({extra / expected:.1%})':>14}")
    print("(a goal that is missed stands behind the number)")
    for name, errors in confusions.items():
        if asked.rows:
            _print_rows([error for error in errors if asked.rows in error[1]])
        else:
            _print_confusions(name, errors, asked.errors)


def _cell(result: tuple[int, int] | None, goal: float | None) -> str:
    if not result:
        return "-"
    right, of = result
    percent = 100 * right / of
    return f"{percent:.1f}% of {of}" + (f" <{goal:g}" if goal and percent < goal else "")


def _print_confusions(name: str, errors: list[Any], most: int) -> None:
    counted: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row, wanted, got, _, _ in errors:
        confusion = ("|".join(wanted), str(got))
        counted[confusion] += 1
        examples[confusion].append(row)
    print(f"\n{name}: {len(errors)} causes wrong")
    for confusion, times in counted.most_common(most):
        print(f"{times:4}  want {confusion[0]}, got {confusion[1]}   e.g. {' '.join(examples[confusion][:3])}")


def _print_rows(errors: list[Any]) -> None:
    for row, wanted, got, label, text in errors:
        print(f"{row}: want {'|'.join(wanted)}, got {got} ({label}) {text!r}")


if __name__ == "__main__":
    main()
