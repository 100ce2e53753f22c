"""The catalogue is complete, and the loader names every fault of one that is not."""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.core.catalogue import catalogue
from bot.core.catalogue_source import compile_catalogue, read_tables
from bot.core.compiled import read_part
from bot.core.errors import CatalogueError
from bot.core.explain import explain
from bot.core.reply import find_replies
from bot.core.sayings import is_shared
from bot.core.signs import Found, matcher
from bot.core.sources import FOLDER, PARTS

CLASSIC = (
    "211 214 220 221 250 251 252 354 421 450 451 452 500 501 502 503 504 550 551 552 553 554"  # RFC 821's own table
).split()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the catalogue's sources that a test may spoil."""
    copy = tmp_path / "catalogue"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("compiled_*"))
    return copy


def edit(folder: Path, file: str, change: Callable[[str], str]) -> None:
    source = folder / file
    before = source.read_text(encoding="utf-8")
    after = change(before)
    assert after != before
    source.write_text(after, encoding="utf-8")


def faults(folder: Path) -> tuple[str, ...]:
    with pytest.raises(CatalogueError) as raised:
        compile_catalogue(str(folder))
    return raised.value.faults


def test_the_classic_table_is_complete() -> None:
    known = catalogue()
    assert set(CLASSIC) <= known.reply_codes.keys()
    assert set(known.first_digits) == set("123456")
    assert set(known.second_digits) == set("012345")
    assert set(known.classes) == set("245")
    assert set(known.subjects) == set("01234567")


def test_the_causes_are_those_that_other_programs_rely_on() -> None:
    assert set(catalogue().causes) >= set(
        "recipient_unknown recipient_moved mailbox_full mailbox_disabled mailbox_restricted domain_not_found "
        "connection_failed delivery_expired routing_loop server_unavailable storage_full message_too_large greylisted "
        "rate_limited ip_blocked reverse_dns_missing sender_rejected authentication_failed relay_denied "
        "credentials_required tls_required spam_content virus content_rejected policy_rejected protocol_error "
        "delivered delayed auto_reply complaint unknown".split()
    )


def _english(entries: Any, key: str = "") -> Iterator[str]:
    """The English sentences of a part of the catalogue; what people may type as a question is none."""
    if isinstance(entries, str):
        yield from [entries] if key == "en" else []
    elif isinstance(entries, dict):
        for name in entries.keys() - {"words"}:
            yield from _english(entries[name], name)
    else:
        for entry in entries if isinstance(entries, list) else ():
            yield from _english(entry, key)


@pytest.mark.parametrize("part", PARTS)
def test_english_is_written_with_typographic_marks(part: str) -> None:
    texts = list(_english(read_tables(part)))
    assert texts
    assert [text for text in texts if re.search("['\"]", text)] == []


@pytest.mark.parametrize("code", [code for code in catalogue().reply_codes if code[0] == "2"])
def test_every_2yz_is_delivered(code: str) -> None:
    assert catalogue().reply_codes[code].cause == "delivered"


def test_codes_name_only_known_codes_beside_them() -> None:
    known = catalogue()
    for name, code in {**known.reply_codes, **known.details}.items():
        assert known.reply_codes.keys() >= set(code.reply_codes), name
        assert known.details.keys() >= {each[2:] for each in code.enhanced_status_codes}, name


def _shared() -> list[Any]:
    return [
        pytest.param({**sign, "cause": name.partition("/")[2]}, id=f"{name} {number}")
        for name, table in read_tables("signs").items()
        if name.startswith("phrases/")
        for number, sign in enumerate(table["sign"], start=1)
    ]


def _weight(found: Found) -> tuple[bool, bool, int]:
    return not found.sign.fallback, is_shared(found.sign), len(found.phrase)


@pytest.mark.parametrize("sign", _shared())
def test_every_example_of_a_shared_sign_is_decided_by_it(sign: dict[str, Any]) -> None:
    for example in sign["examples"]:
        longest = max(matcher().scan(example).signs, key=_weight)
        assert longest.sign.cause == sign["cause"], example


@pytest.mark.parametrize("sign", _shared())
def test_every_example_of_a_shared_sign_that_is_a_reply_has_its_cause(sign: dict[str, Any]) -> None:
    for example in filter(find_replies, sign["examples"]):
        assert [failure.cause for failure in explain(example, words=False).failures] == [sign["cause"]], example


@pytest.mark.parametrize("name", [name for name in read_tables("signs") if name.startswith(("providers/", "servers/"))])
def test_every_phrase_of_a_provider_or_server_is_found_in_its_example(name: str) -> None:
    owner = name.partition("/")[2]
    for reply in read_tables("signs")[name].get("reply", ()):
        said = {
            found.phrase
            for example in reply.get("examples", ())
            for found in matcher().scan(example).signs
            if found.sign.owner == owner
        }
        assert set(reply.get("says", ())) <= said


@pytest.mark.parametrize("name", [name for name in read_tables("signs") if name.startswith("providers/")])
def test_where_the_provider_is_recognised_its_example_has_its_cause(name: str) -> None:
    owner = name.partition("/")[2]
    for reply in read_tables("signs")[name].get("reply", ()):
        for example in reply.get("examples", ()):
            causes = [one.cause for one in explain(example, words=False).failures if one.provider == owner]
            assert causes in ([], [reply["cause"]]), example


@pytest.mark.parametrize(
    ("file", "change", "fault"),
    [
        pytest.param(
            "causes.toml",
            lambda text: re.sub(r"title\.fr = .*\n", "", text, count=1),
            "causes.toml: [recipient_unknown] has no title.fr",
            id="a language is missing",
        ),
        pytest.param(
            "causes.toml",
            lambda text: text.replace('retry = "no"', 'retry = "perhaps"', 1),
            "causes.toml: [recipient_unknown] has a retry that is none of yes, after_change, no",
            id="a word that is none of the choices",
        ),
        pytest.param(
            "causes.toml",
            lambda text: text + "\n[new_cause]\n",
            "causes.toml: [new_cause] has no advice",
            id="a field is missing",
        ),
        pytest.param(
            "reply_codes.toml",
            lambda text: text.replace('cause = "delivered"', 'cause = "delivred"', 1),
            "names the cause delivred, which causes.toml does not have",
            id="a cause that is misspelt",
        ),
        pytest.param(
            "reply_codes.toml",
            lambda text: text.replace("[code.452]", "[code.45z]"),
            "reply_codes.toml: [code.45z] is no code",
            id="a key that is no code",
        ),
        pytest.param(
            "enhanced_status_codes.toml",
            lambda text: text.replace("source =", "sources =", 1),
            "has sources, which nothing reads",
            id="a field that is misspelt",
        ),
        pytest.param(
            "phrases/virus.toml",
            lambda text: text + '\n[[sign]]\nsays = ["abc"]\nexamples = ["def"]\nsource = "me"\n',
            "has no example for “abc”",
            id="a phrase without its example",
        ),
        pytest.param(
            "phrases/virus.toml",
            lambda text: text + '\n[[sign]]\nsays = ["User  Unknown"]\nexamples = ["user unknown"]\nsource = "me"\n',
            "says “User  Unknown”, as does phrases/recipient_unknown.toml: [sign 1]",
            id="a phrase that another sign has",
        ),
        pytest.param(
            "phrases/recipient_unknown.toml",
            lambda text: text.replace('"user unknown",', '"user unknown", "user unknown",', 1),
            "[sign 1] says “user unknown”, as does phrases/recipient_unknown.toml: [sign 1]",
            id="a phrase that stands twice in its sign",
        ),
        pytest.param(
            "interface.toml",
            lambda text: text + '\nx.en = "It is so"\nx.fr = "C\'est ainsi"\n',
            "x.fr a straight apostrophe",
            id="a straight apostrophe in French",
        ),
        pytest.param(
            "interface.toml",
            lambda text: text + '\nx.en = "Why?"\nx.fr = "Pourquoi ?"\n',
            "x.fr a plain space where a no-break space belongs",
            id="a plain space before a question mark in French",
        ),
        pytest.param(
            "interface.toml",
            lambda text: text + '\nx.en = "Wait {wait}."\nx.fr = "Attendez {wiat}."\n',
            "the entry x has other {names}",
            id="a placeholder that is misspelt",
        ),
        pytest.param(
            "providers/google.toml",
            lambda text: text.replace("marks = [", 'marks = ["", ', 1),
            "has a marks that is not a list of strings",
            id="an empty mark",
        ),
        pytest.param(
            "providers/google.toml",
            lambda text: text.replace("enhanced_status_codes = [", 'enhanced_status_codes = ["5.2.x", ', 1),
            "has 5.2.x among its enhanced_status_codes",
            id="a code that is none",
        ),
        pytest.param(
            "providers/google.toml",
            lambda text: text.replace("kind =", 'part_of = "gogle"\nkind =', 1),
            "it is part_of gogle, which has no file",
            id="a part of nobody",
        ),
        pytest.param("causes.toml", lambda text: text + "\n[broken", "causes.toml: ", id="TOML that does not parse"),
    ],
)
def test_a_fault_is_named(folder: Path, file: str, change: Callable[[str], str], fault: str) -> None:
    edit(folder, file, change)
    assert any(fault in found for found in faults(folder)), faults(folder)


def test_all_faults_are_named_at_once(folder: Path) -> None:
    edit(folder, "causes.toml", lambda text: text.replace('retry = "no"', 'retry = "perhaps"', 1))
    edit(folder, "interface.toml", lambda text: text + '\nx.en = "Only English"\n')
    (folder / "phrases" / "virus.toml").rename(folder / "phrases" / "viruses.toml")
    assert len(faults(folder)) >= 3


def test_a_changed_source_is_compiled_again(folder: Path) -> None:
    compile_catalogue(str(folder))
    edit(folder, "interface.toml", lambda text: text + '\nadded.en = "Added"\nadded.fr = "Ajouté"\n')
    assert read_part("codes", str(folder))["interface"]["added"] == {"en": "Added", "fr": "Ajouté"}
    assert "added" in json.loads((folder / "compiled_codes.json").read_text(encoding="utf-8"))["tables"]["interface"]


def test_sources_that_were_only_copied_are_not_compiled_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compile_catalogue(str(folder))
    os.utime(folder / "interface.toml", ns=(1, 1))
    monkeypatch.setattr("bot.core.catalogue_source.compile_catalogue", None)
    assert "causes" in read_part("codes", str(folder))
    monkeypatch.setattr("bot.core.compiled.read_sources", None)  # the second time their times are known
    assert "causes" in read_part("codes", str(folder))


@pytest.mark.parametrize("content", ["", "[]", "{", '{"fingerprint": "x"}'])
def test_a_spoilt_compiled_file_is_made_anew(folder: Path, content: str) -> None:
    (folder / "compiled_codes.json").write_text(content, encoding="utf-8")
    assert "causes" in read_part("codes", str(folder))
