"""`rebond explain` as people and other programs call it."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main

KEYS = {
    "recipient",
    "reply_code",
    "enhanced_status_code",
    "cause",
    "permanence",
    "provider",
    "remote_mta",
    "reporting_mta",
    "diagnostic",
    "retry_after",
    "blocklist",
}
TEXTS = {"title", "meaning", "advice", "sources"}


def standard_input(content: bytes) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(content))


def explain_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    assert main(["explain", "--json", *arguments]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_code_is_one_failure_with_every_key(capsys: pytest.CaptureFixture[str]) -> None:
    (explained,) = explain_json(capsys, "452")
    assert explained["kind"] == "code"
    (failure,) = explained["failures"]
    assert failure.keys() == KEYS | TEXTS
    assert failure["reply_code"] == "452"
    assert failure["title"].keys() == failure["meaning"].keys() == failure["advice"].keys() == {"en", "fr"}


@pytest.mark.parametrize(
    ("arguments", "reply_code", "enhanced_status_code"),
    [
        (["550", "5.7.26"], "550", "5.7.26"),
        (["4XX"], "4xx", None),
        (["4yz"], "4xx", None),
        (["x5x"], "x5x", None),
        (["5.7"], None, "5.7.x"),
        (["X.7.26"], None, "x.7.26"),
    ],
)
def test_a_code_stands_in_its_usual_form(
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    reply_code: str | None,
    enhanced_status_code: str | None,
) -> None:
    (explained,) = explain_json(capsys, *arguments)
    (failure,) = explained["failures"]
    assert (failure["reply_code"], failure["enhanced_status_code"]) == (reply_code, enhanced_status_code)


def test_words_give_matches_and_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    (explained,) = explain_json(capsys, "boite", "pleine")
    assert explained["kind"] == "words"
    assert explained["failures"] == []
    assert explained["matches"][0]["cause"] == "mailbox_full"
    assert explained["matches"][0].keys() == {"cause", "title", "score"}


def test_nothing_usable_has_neither(capsys: pytest.CaptureFixture[str]) -> None:
    assert explain_json(capsys, "999") == [{"kind": "nothing", "failures": []}]


def test_each_file_is_one_text_and_the_other_arguments_are_one_together(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    bounce = tmp_path / "bounce.txt"
    bounce.write_bytes(b"550 5.1.1 Unknown user \xff\n")
    explained = explain_json(capsys, str(bounce), "452", "4.3.1")
    assert [one["failures"][0]["reply_code"] for one in explained] == ["550", "452"]


def test_standard_input_is_read_where_there_is_no_argument(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", standard_input(b"550-5.1.1 Unknown\n550 5.1.1 user\n"))
    (explained,) = explain_json(capsys)
    assert explained["failures"][0]["enhanced_status_code"] == "5.1.1"


def test_lines_give_one_object_each_in_order_without_texts(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", standard_input(b"550 5.1.1 Unknown user\n\nhello\n452\n"))
    explained = explain_json(capsys, "--lines")
    assert [one["kind"] for one in explained] == ["reply", "nothing", "nothing", "code"]
    assert explained[0]["failures"][0].keys() == KEYS


def test_full_lines_have_texts(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    log = tmp_path / "mail.log"
    log.write_text("550 5.1.1 Unknown user\n", encoding="utf-8")
    (explained,) = explain_json(capsys, "--lines", "--full", str(log))
    assert explained["failures"][0].keys() == KEYS | TEXTS


def test_the_terminal_shows_both_languages_or_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "greylisting"]) == 0
    assert "liste grise" in capsys.readouterr().out.casefold()
    assert main(["explain", "-l", "en", "452"]) == 0
    assert "Temporaire" not in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["explain", ""], id="an empty text"),
        pytest.param(["explain", "x" * 40_000], id="40,000 characters"),
        pytest.param(["explain", "🙂🙂"], id="only emoji"),
        pytest.param(["explain", "--json", "\udcff\udcfe"], id="broken UTF-8"),
    ],
)
def test_bad_input_gets_an_answer(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert main(arguments) == 0
    assert capsys.readouterr().out.strip()


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["explain", "--json", "missing.eml"], id="a file that is not there"),
        pytest.param(["explain", "--json", "--lines", "missing"], id="a log that is not there"),
        pytest.param(["explain", "--lines"], id="lines without JSON"),
    ],
)
def test_what_cannot_be_done_is_said_on_standard_error(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr().err
    assert said.strip()
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(
            ["--json", "--lines", "550 5.1.1 user unknown"], "“550 5.1.1 user unknown” is no file", id="lines"
        ),
        pytest.param(["spam"], "spam is a folder", id="a folder"),
        pytest.param(["mail.log", "spam"], "spam is a folder", id="a folder beside a file"),
        pytest.param(["spam/", "full"], "spam/ is a folder", id="a folder with its slash"),
        pytest.param(["--json", "--lines", "spam"], "spam is a folder", id="the lines of a folder"),
    ],
)
def test_a_text_is_no_file_and_a_folder_no_text(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")
    Path("spam").mkdir()
    Path("mail.log").touch()
    assert main(["explain", *arguments]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["452"], ["spam", "refused"]])
def test_a_code_and_words_stay_a_text_beside_folders_of_these_names(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(arguments[0]).mkdir()
    (explained,) = explain_json(capsys, *arguments)
    assert explained["kind"] in ("code", "words")


def test_explain_starts_without_slack_network_dotenv_or_toml() -> None:
    program = (
        "import sys; from bot.__main__ import main; main(['explain', '--json', '452']); "
        "print(sorted(name for name in sys.modules if name.partition('.')[0] in "
        "{'aiohttp', 'asyncio', 'dotenv', 'rapidfuzz', 'slack_bolt', 'slack_sdk', 'socket', 'tomllib', 'yaml'}))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"
