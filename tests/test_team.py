"""A team's own knowledge, laid over ours."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.core import CatalogueError, describe, explain
from bot.core.ready import use_team
from bot.core.team_source import read_team

OWN = """
name = "Example mail team"

[hosts]
"192.0.2.10" = "mx-out-1, Paris"

[cause.relay_denied]
note.en = "Ask the relay team."
note.fr = "Voyez avec l’équipe relais."
runbook = "https://wiki.example.org/relay"
contact = "#mail-ops"

[[reply]]
cause = "rate_limited"
says = ["tarpit level"]
examples = ["450 4.7.1 Tarpit level 3"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    return tmp_path


@pytest.fixture
def team(folder: Path) -> Iterator[None]:
    use_team(read_team(str(folder)))
    yield
    use_team(None)


@pytest.mark.usefixtures("team")
def test_a_cause_has_the_team_s_note_runbook_and_contact() -> None:
    (description,) = describe(explain("550 5.7.1 Relay access denied"))
    assert description.team
    assert description.team.name == "Example mail team"
    (note,) = description.team.notes
    assert note.note == {"en": "Ask the relay team.", "fr": "Voyez avec l’équipe relais."}
    assert (note.runbook, note.contact) == ("https://wiki.example.org/relay", "#mail-ops")


@pytest.mark.usefixtures("team")
def test_the_team_s_hosts_are_named() -> None:
    (description,) = describe(explain("550 5.7.1 Client host [192.0.2.10] blocked using zen.spamhaus.org"))
    assert description.team
    assert description.team.hosts == (("192.0.2.10", "mx-out-1, Paris"),)


@pytest.mark.usefixtures("team")
def test_the_team_s_own_replies_are_read() -> None:
    assert explain("450 4.7.1 TARPIT  level 2").failures[0].cause == "rate_limited"


@pytest.mark.usefixtures("team")
@pytest.mark.parametrize("named", ["from 192.0.2.10.", "from 192.0.2.10:25", "from [192.0.2.10]:25"])
def test_a_host_is_found_before_a_port_and_at_the_end_of_a_sentence(named: str) -> None:
    (description,) = describe(explain(f"550 5.7.1 We take no mail {named}"))
    assert description.team


def test_advice_in_one_language_serves_both(tmp_path: Path) -> None:
    reply = '[[reply]]\ncause = "virus"\nsays = ["abc"]\nexamples = ["550 abc"]\nadvice.fr = ["Attendez."]'
    (tmp_path / "own.toml").write_text(reply, encoding="utf-8")
    assert read_team(str(tmp_path)).signs[0].advice == {"en": ("Attendez.",), "fr": ("Attendez.",)}


def test_a_folder_named_like_a_file_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "own.toml").mkdir()
    with pytest.raises(CatalogueError):
        read_team(str(tmp_path))


def test_without_a_team_an_answer_says_nothing_of_one() -> None:
    assert describe(explain("550 5.7.1 Relay access denied"))[0].team is None
    assert explain("450 4.7.1 Tarpit level 2").failures[0].decided_by != "tarpit level"


@pytest.mark.parametrize(
    ("own", "fault"),
    [
        pytest.param("[cause.lost]", "[cause.lost] is no cause that the catalogue has", id="a cause that is none"),
        pytest.param("[provider.nobody]", "[provider.nobody] is no provider", id="a provider that is none"),
        pytest.param('[cause.virus]\nrunbook = "wiki"', "has a runbook that is no address", id="no address"),
        pytest.param("[cause.virus]\nnote = 3", "has a note that is neither", id="a note that is no text"),
        pytest.param('[[reply]]\ncause = "virus"', "says nothing", id="a reply without words"),
        pytest.param(
            '[[reply]]\ncause = "virus"\nsays = ["abc"]\nexamples = []', "has no example for “abc”", id="no example"
        ),
        pytest.param(
            '[[reply]]\ncause = ["virus"]\nsays = ["a"]\nexamples = ["a"]',
            "names no cause",
            id="a cause that is a list",
        ),
        pytest.param('[[reply]]\npermanence = "sometimes"', "permanence that is none of", id="a choice that is none"),
        pytest.param('[[reply]]\nretry_after = "soon"', "retry_after that is not", id="a wait that is no number"),
        pytest.param(
            '[[reply]]\nadvice.fr = "Attendez."', "has an advice that is neither", id="advice that is no list"
        ),
        pytest.param('[cause.virus]\nnote.de = "Nein"', "has a note that is neither", id="a language we do not speak"),
        pytest.param("[runbooks]", "[runbooks] is nothing that a team's file can hold", id="an unknown table"),
        pytest.param("[", "own.toml: ", id="TOML that does not parse"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, own: str, fault: str) -> None:
    (tmp_path / "own.toml").write_text(own, encoding="utf-8")
    with pytest.raises(CatalogueError, match=r".*") as raised:
        read_team(str(tmp_path))
    assert any(fault in found for found in raised.value.faults), raised.value.faults


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="there is no such folder"):
        read_team(str(tmp_path / "missing"))
