"""The settings, from the environment and from a .env file."""

from pathlib import Path

import pytest

from bot.core import LANGUAGES
from bot.settings import SLACK_API_URL, Settings, SettingsError, has_tokens, is_loopback

SOCKET = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
HTTP = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "8f742231b10e8888abcd99yyyzzz85a5"}


@pytest.fixture(autouse=True)
def folder_of_our_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]) -> Settings:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return Settings.from_environment()


def test_everything_else_has_a_default(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read(monkeypatch, SOCKET)
    assert settings == Settings("xoxb-1", "xapp-1", None, "0.0.0.0", 3000, SLACK_API_URL)


def test_everything_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    more = {"HOST": "127.0.0.1", "PORT": "8080", "SLACK_API_URL": "http://127.0.0.1:1/api/"}
    settings = read(monkeypatch, HTTP | more)
    assert (settings.host, settings.port, settings.api_url) == ("127.0.0.1", 8080, "http://127.0.0.1:1/api/")


@pytest.mark.parametrize(
    ("variables", "transport"),
    [
        pytest.param(SOCKET, "socket", id="an app token"),
        pytest.param(HTTP, "http", id="a signing secret"),
        pytest.param(SOCKET | HTTP, "socket", id="both: the app token wins"),
        pytest.param(HTTP | {"SLACK_APP_TOKEN": " "}, "http", id="an app token that is empty"),
    ],
)
def test_the_transport(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], transport: str) -> None:
    assert read(monkeypatch, variables).transport == transport


@pytest.mark.parametrize(
    ("variables", "problems"),
    [
        pytest.param({}, ["settings_bot_token_missing", "settings_transport_missing"], id="no tokens: both are named"),
        pytest.param({"SLACK_BOT_TOKEN": "xoxb-1"}, ["settings_transport_missing"], id="half: only the bot's"),
        pytest.param({"SLACK_APP_TOKEN": "xapp-1"}, ["settings_bot_token_missing"], id="half: only the app's"),
        pytest.param(HTTP | {"SLACK_BOT_TOKEN": ""}, ["settings_bot_token_missing"], id="an empty token"),
        pytest.param(HTTP | {"SLACK_BOT_TOKEN": "xoxp-1"}, ["settings_bot_token_kind"], id="a person's token"),
        pytest.param(SOCKET | {"SLACK_APP_TOKEN": "xoxb-1"}, ["settings_app_token_kind"], id="no app token"),
        pytest.param(
            HTTP | {"SLACK_SIGNING_SECRET": "xapp-1"},
            ["settings_signing_secret_kind"],
            id="a token as secret",
        ),
        pytest.param(SOCKET | {"PORT": "http"}, ["settings_port"], id="a port in words"),
        pytest.param(SOCKET | {"PORT": "65536"}, ["settings_port"], id="a port too high"),
        pytest.param(SOCKET | {"PORT": "-1"}, ["settings_port"], id="a port too low"),
        pytest.param(SOCKET | {"PORT": "٣"}, ["settings_port"], id="a port in other digits"),
        pytest.param(SOCKET | {"SLACK_API_URL": "slack.com"}, ["settings_api_url"], id="an address of no kind"),
        pytest.param(
            {"PORT": "x", "SLACK_APP_TOKEN": "nothing"},
            ["settings_port", "settings_bot_token_missing", "settings_app_token_kind"],
            id="several faults at once",
        ),
    ],
)
def test_every_fault_is_named_in_words(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], problems: list[str]
) -> None:
    with pytest.raises(SettingsError) as caught:
        read(monkeypatch, variables)
    assert [problem.key for problem in caught.value.problems] == problems
    for problem in caught.value.problems:
        assert all(problem.sentence(language) for language in LANGUAGES)


def test_the_playground_needs_no_tokens_and_minds_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "half")
    assert Settings.from_environment(tokens=False) == Settings()


def test_a_file_fills_what_the_environment_leaves_open(
    monkeypatch: pytest.MonkeyPatch, folder_of_our_own: Path
) -> None:
    (folder_of_our_own / ".env").write_text("SLACK_BOT_TOKEN=xoxb-file\nSLACK_APP_TOKEN=xapp-file\nPORT=\n")
    settings = read(monkeypatch, {"SLACK_BOT_TOKEN": "xoxb-1"})
    assert settings == Settings("xoxb-1", "xapp-file")


def test_a_file_that_is_no_text_is_a_problem(folder_of_our_own: Path) -> None:
    (folder_of_our_own / ".env").write_bytes(b"PORT=\xff\xfe")
    with pytest.raises(SettingsError, match="settings_env_file"):
        Settings.from_environment()


@pytest.mark.parametrize(
    ("variables", "expected"),
    [({}, False), ({"SLACK_BOT_TOKEN": ""}, False), ({"SLACK_SIGNING_SECRET": "x"}, True), (SOCKET, True)],
)
def test_whether_there_are_tokens(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: bool) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert has_tokens() is expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://127.0.0.1:3000/api/", True),
        ("http://localhost/", True),
        ("http://[::1]:1/", True),
        ("https://slack.com/api/", False),
        ("https://localhost.example.org/", False),
        ("https://10.0.0.1/", False),
    ],
)
def test_whether_a_url_stays_on_this_machine(url: str, expected: bool) -> None:
    assert is_loopback(url) is expected
