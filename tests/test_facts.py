"""The catalogue against the tables of facts that it was written from, where they are at hand."""

import csv
from pathlib import Path

import pytest

from bot.core import LANGUAGES, catalogue, describe, explain

FACTS = Path(__file__).parents[2] / "shared" / "facts"

pytestmark = pytest.mark.skipif(not FACTS.is_dir(), reason="needs the tables of ../shared/facts, which are not here")


def rows(name: str) -> list[dict[str, str]]:
    if not FACTS.is_dir():
        return []
    with (FACTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("row", rows("reply-codes.tsv"), ids=lambda row: row["code"])
def test_every_reply_code_is_explained_in_every_language(row: dict[str, str]) -> None:
    assert catalogue().reply_codes[row["code"]].standard == (row["standard"] == "yes")
    (description,) = describe(explain(row["code"]))
    assert all(description.title[language] and description.meaning[language] for language in LANGUAGES)


@pytest.mark.parametrize(
    "row",
    [row for row in rows("enhanced-status-codes.tsv") if row["kind"] == "code"],
    ids=lambda row: row["code"],
)
def test_every_registered_enhanced_status_code_is_explained(row: dict[str, str]) -> None:
    entry = catalogue().details[row["code"].removeprefix("X.")]
    assert entry.cause == row["suggested_cause"]
    assert all(entry.title[language] and entry.meaning[language] for language in LANGUAGES)


def test_every_cause_is_explained() -> None:
    table = (FACTS / "causes.md").read_text(encoding="utf-8").splitlines()
    named = [line.split("|")[1].strip() for line in table if line.startswith("|") and "---" not in line][1:]
    assert list(catalogue().causes) == named
