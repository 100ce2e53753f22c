"""From TOML to the compiled catalogue: reads every file, checks every entry, names every fault at once."""

import json
import os
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from bot.core.errors import CatalogueError
from bot.core.language import LANGUAGES
from bot.core.model import Actor, Permanence, Retry
from bot.core.plain import pieces, plain, sought
from bot.core.sources import FOLDER, PARTS, fingerprint, read_sources, stamp

TEXT = "a text in each language"
STEPS = "a list of texts in each language"
LIST = "a list of strings"
STRING = "a string"
FLAG = "true or false"
NUMBER = "a whole number"
STAGES = "a list of strings for each stage"
WORDS = "a list of strings for each language"
STATEMENT = "a cause, an example, and perhaps weak or strong"
STATEMENTS = "a statement for each thing that can be said"

_CODE = {
    "title": TEXT,
    "meaning": TEXT,
    "source": STRING,
    "cause": STRING,
    "practice": TEXT,
    "actor": STRING,
    "retry": STRING,
    "advice": STEPS,
    "words": STEPS,
    "permanence": STRING,
    "standard": FLAG,
    "decisive": FLAG,
    "reply_codes": LIST,
    "enhanced_status_codes": LIST,
}
_CAUSE = {
    "title": TEXT,
    "meaning": TEXT,
    "actor": STRING,
    "retry": STRING,
    "advice": STEPS,
    "words": STEPS,
    "source": STRING,
}
_SIGN = {
    "says": LIST,
    "examples": LIST,
    "source": STRING,
    "fallback": FLAG,
    "opening": FLAG,
    "stage": STRING,
}
_REPLY = {
    **_SIGN,
    "cause": STRING,
    "permanence": STRING,
    "reply_codes": LIST,
    "enhanced_status_codes": LIST,
    "only_here": FLAG,
    "code_decides": FLAG,
    "meaning": TEXT,
    "advice": STEPS,
    "actor": STRING,
    "retry": STRING,
    "retry_after": NUMBER,
    "reply_class": STRING,
}
_SPEAKER = {
    "name": STRING,
    "kind": STRING,
    "recipient_domains": LIST,
    "remote_mtas": LIST,
    "marks": LIST,
    "postmaster": STRING,
    "support": STRING,
    "part_of": STRING,
    "run_by_companies": FLAG,
    "stages": STAGES,
    "reply": LIST,
}
_WORDS = {"words": WORDS, "alone": STATEMENT}
_THING = {**_WORDS, "said": STATEMENTS}
_BLOCKLIST = {
    "name": STRING,
    "zones": LIST,
    "lookup": STRING,
    "removal": STRING,
    "closed": FLAG,
    "provider": STRING,
    "meaning": TEXT,
    "advice": STEPS,
    "reply": LIST,
}

PHRASES = "phrases/"
"""The folder in which every file is called like the cause that its signs tell."""

STAGE_NAMES = ("greeting", "helo", "starttls", "mail_from", "rcpt_to", "data", "message")
"""At which command a server answers (RFC 5321 §3); `message` is the end of the data."""

_CHOICES = {
    "actor": get_args(Actor),
    "retry": get_args(Retry),
    "permanence": get_args(Permanence),
    "stage": STAGE_NAMES,
    "kind": ("provider", "filter", "blocklist", "sender", "server"),
}

# Where the entries of a file stand, what their keys look like, what they hold, and what they must hold.
_TABLES: dict[str, dict[str, tuple[str, dict[str, str], set[str]]]] = {
    "reply_codes": {
        "first_digit": (r"[1-6]", _CODE, {"title", "meaning", "source", "cause"}),
        "second_digit": (r"[0-5]", _CODE, {"title", "meaning", "source"}),
        "code": (r"[1-6]\d\d", _CODE, {"title", "meaning", "source", "cause"}),
    },
    "enhanced_status_codes": {
        "class": (r"[245]", _CODE, {"title", "meaning", "source", "cause"}),
        "subject": (r"[0-7]", _CODE, {"title", "meaning", "source", "cause"}),
        "detail": (r"[0-7]\.\d{1,3}", _CODE, {"title", "meaning", "source", "cause"}),
    },
}

_RANGE = re.compile(r"[245]\.\d{1,3}\.\d{1,3}(?:-[245]\.\d{1,3}\.\d{1,3})?")
_PLACEHOLDER = re.compile(r"\{\w*\}")

# What French typography does not allow: a straight apostrophe or quotation mark, a plain space where a no-break
# space belongs, and a double sign with no space before it (times, addresses and placeholders are not sentences).
_FRENCH_FAULTS = (
    (re.compile(r"\w'\w"), "a straight apostrophe (write ’)"),
    (re.compile(r'"'), "straight quotation marks (write « »)"),
    (re.compile(r" [:;!?%»]|« "), "a plain space where a no-break space belongs"),
    (re.compile(r"\w[;!?»](?:\s|$)|\w:\s|«\w"), "no space before : ; ! ? » or after «"),
)


def compile_catalogue(folder: str) -> dict[str, dict[str, Any]]:
    """
    Read and check a folder's TOML, and leave each part in its `compiled_PART.json`; gives the tables by part and file.

    Every fault of every file raises one CatalogueError that names them all.
    """
    stamps = {part: stamp(part, folder) for part in PARTS}  # before the reading, so that no change is missed
    sources = {part: read_sources(part, folder) for part in PARTS}
    faults: list[str] = []
    parts = {part: _parse(files, faults) for part, files in sources.items()}
    faults += check({name: table for tables in parts.values() for name, table in tables.items()})
    if faults:
        raise CatalogueError(faults)
    parts["signs"] = _for_matching(parts["signs"])
    for part, tables in parts.items():
        leave(part, folder, {"stamp": stamps[part], "fingerprint": fingerprint(sources[part]), "tables": tables})
    return parts


def check(tables: Mapping[str, Any]) -> list[str]:
    """Every fault of parsed tables, as lines such as `causes.toml: [mailbox_full] has no advice.fr`."""
    faults = [
        f"{name}.toml: the file is missing"
        for name in ("reply_codes", "enhanced_status_codes", "causes", "statements", "interface")
        if name not in tables
    ]
    causes = tables.get("causes", {})
    phrases = [name.removeprefix(PHRASES) for name in tables if name.startswith(PHRASES)]
    faults += [f"{PHRASES}{name}.toml: causes.toml has no such cause" for name in phrases if name not in causes]
    faults += [] if phrases else [f"{PHRASES}: there is no file"]
    for file, name, entry, fields, required in _entries(tables):
        where = f"{file}.toml: [{name}]"
        if not isinstance(entry, dict):
            faults.append(f"{where} is not a table")
            continue
        faults += [f"{where} has no {key}" for key in sorted(required - entry.keys())]
        faults += [f"{where} has {key}, which nothing reads" for key in entry.keys() - fields.keys()]
        for key in fields.keys() & entry.keys():
            faults += [f"{where} {fault}" for fault in field_faults(key, fields[key], entry[key])]
        cause = entry.get("cause")
        if isinstance(cause, str) and cause not in causes:
            faults.append(f"{where} names the cause {cause}, which causes.toml does not have")
        if "says" in fields:
            faults += [f"{where} {fault}" for fault in sign_faults(entry)]
    for key, text in tables.get("interface", {}).items():
        faults += [f"interface.toml: the entry {fault}" for fault in _text_faults(key, text)]
        if isinstance(text, dict) and len({frozenset(_PLACEHOLDER.findall(str(said))) for said in text.values()}) > 1:
            faults.append(f"interface.toml: the entry {key} has other {{names}} in one language than in another")
    owners = {file.partition("/")[2] for file in tables if "/" in file and not file.startswith(PHRASES)}
    faults += [
        f"{file}.toml: it is part_of {table['part_of']}, which has no file"
        for file, table in tables.items()
        if isinstance(table.get("part_of"), str) and table["part_of"] not in owners
    ]
    faults += _key_faults(tables)
    faults += _repeated_phrases(tables)
    faults += _statement_faults(tables)
    return sorted(faults)


def read_tables(part: str, folder: str = FOLDER) -> dict[str, Any]:
    """The tables of a part as they are written, examples and all; CatalogueError where a file is no TOML."""
    faults: list[str] = []
    tables = _parse(read_sources(part, folder), faults)
    if faults:
        raise CatalogueError(faults)
    return tables


def _for_matching(tables: Mapping[str, Any]) -> dict[str, Any]:
    """The signs without their examples, and `sought`: by phrase, what it is looked for by, where that is another."""
    kept: dict[str, Any] = _without_examples(tables)
    for group in kept["statements"].values():
        for thing in group.values():
            thing["words"] = {language: [*map(plain, words)] for language, words in thing["words"].items()}
    wanted = {phrase: sought(phrase) for phrase in _phrases(kept)}
    return {**kept, "sought": {phrase: other for phrase, other in wanted.items() if other != phrase}}


def _without_examples(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_examples(one) for key, one in value.items() if key not in ("example", "examples")}
    return [*map(_without_examples, value)] if isinstance(value, list) else value


def _phrases(value: Any) -> Iterator[str]:
    """Everything that a text may hold by which the catalogue knows it, but for the words of statements."""
    if isinstance(value, dict):
        for key in ("says", "marks", "zones"):
            yield from value.get(key, ())
        for words in value.get("stages", {}).values():
            yield from words
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _phrases(one)


def _parse(sources: Mapping[str, bytes], faults: list[str]) -> dict[str, Any]:
    tables: dict[str, Any] = {}
    for name, content in sources.items():
        try:
            tables[name] = tomllib.loads(content.decode())
        except UnicodeDecodeError:
            faults.append(f"{name}.toml: the file is not UTF-8")
        except tomllib.TOMLDecodeError as error:
            faults.append(f"{name}.toml: {error}")
    return tables


def leave(part: str, folder: str, compiled: Mapping[str, Any]) -> None:
    """Write a part's compiled file; a folder that cannot be written to stays as it is."""
    path = Path(folder, f"compiled_{part}.json")
    temporary = path.with_suffix(f".{os.getpid()}")
    try:
        temporary.write_text(json.dumps(compiled, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)  # a read-only install: the next start compiles again


def _entries(tables: Mapping[str, Any]) -> Iterator[tuple[str, str, Any, dict[str, str], set[str]]]:
    """Every entry with the file and name that a fault is reported under, its fields and the required ones."""
    for file, groups in _TABLES.items():
        for group, (_, fields, required) in groups.items():
            for key, entry in tables.get(file, {}).get(group, {}).items():
                yield file, f"{group}.{key}", entry, fields, required
    for key, entry in tables.get("causes", {}).items():
        yield "causes", key, entry, _CAUSE, set(_CAUSE)
    for group, fields in (("said", _WORDS), ("of", _THING)):
        for name, entry in _tables_in(tables.get("statements", {}), group).items():
            yield "statements", f"{group}.{name}", entry, fields, {"words"}
    for file, table in tables.items():
        if file.startswith(PHRASES):
            for number, entry in enumerate(table.get("sign", ()), start=1):
                yield file, f"sign {number}", entry, _SIGN, {"says", "examples", "source"}
        elif "/" in file:
            yield file, "the file", table, _SPEAKER, {"name", "kind"}
            yield from _replies(file, "reply", table)
    for name, entry in tables.get("blocklists", {}).items():
        yield "blocklists", name, entry, _BLOCKLIST, {"name", "zones", "meaning", "advice"}
        if isinstance(entry, dict):
            yield from _replies("blocklists", f"{name}.reply", entry)


def _replies(
    file: str, name: str, table: Mapping[str, Any]
) -> Iterator[tuple[str, str, Any, dict[str, str], set[str]]]:
    for number, entry in enumerate(table.get("reply", ()), start=1):
        yield file, f"{name} {number}", entry, _REPLY, {"cause", "meaning", "advice", "source"}


def _key_faults(tables: Mapping[str, Any]) -> Iterator[str]:
    for file, groups in _TABLES.items():
        table = tables.get(file)
        if table is None:
            continue
        for group in table.keys() - groups.keys():
            yield f"{file}.toml: [{group}] is no group of this file"
        for group, (pattern, _, _) in groups.items():
            if group not in table:
                yield f"{file}.toml: [{group}] has no entry"
            for key in table.get(group, {}):
                if not re.fullmatch(pattern, key):
                    yield f"{file}.toml: [{group}.{key}] is no code"


def field_faults(key: str, kind: str, value: Any) -> list[str]:
    """What is wrong with the value of one field, which should be of a kind such as `TEXT` or `LIST`."""
    if kind in (TEXT, STEPS):
        return _text_faults(key, value, steps=kind == STEPS)
    if key == "reply":
        return [] if isinstance(value, list) else ["has a reply that is not a list of tables"]
    if kind == LIST and not (isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value)):
        return [f"has a {key} that is not {LIST}"]
    if key == "enhanced_status_codes":
        return [f"has {code} among its {key}" for code in value if not _RANGE.fullmatch(code)]
    if kind == FLAG and not isinstance(value, bool):
        return [f"has a {key} that is not {FLAG}"]
    if kind == STAGES:
        return _stage_faults(value)
    if kind == WORDS and not (isinstance(value, dict) and all(_is_list_of_words(words) for words in value.values())):
        return [f"has {key} that are not {WORDS}"]
    if kind in (STATEMENT, STATEMENTS):
        cells = value.values() if kind == STATEMENTS and isinstance(value, dict) else [value]
        return [] if all(map(_is_statement, cells)) else [f"has {key} that is not {kind}"]
    if kind == NUMBER and type(value) is not int:
        return [f"has a {key} that is not {NUMBER}"]
    if kind == STRING and not (isinstance(value, str) and value.strip()):
        return [f"has a {key} that is not {STRING}"]
    if key in _CHOICES and value not in _CHOICES[key]:
        return [f"has a {key} that is none of {', '.join(_CHOICES[key])}"]
    return []


def _is_list_of_words(words: Any) -> bool:
    return isinstance(words, list) and all(
        isinstance(word, str) and word.strip("* ") and "*" not in word[:-1] for word in words
    )


def _is_statement(cell: Any) -> bool:
    return (
        isinstance(cell, dict)
        and cell.keys() <= {"cause", "example", "weak", "strong"}
        and isinstance(cell.get("cause"), str)
        and isinstance(cell.get("example"), str)
        and all(isinstance(cell[flag], bool) for flag in cell.keys() & {"weak", "strong"})
    )


def _stage_faults(stages: Any) -> list[str]:
    if not isinstance(stages, dict):
        return [f"has stages that are not {STAGES}"]
    faults = [
        f"has the stage {stage}, which is none of {', '.join(STAGE_NAMES)}" for stage in {*stages} - {*STAGE_NAMES}
    ]
    return faults + [
        f"has no words for the stage {stage}" for stage, words in stages.items() if not isinstance(words, list)
    ]


def _text_faults(key: str, text: Any, *, steps: bool = False) -> list[str]:
    """Faults of one text in all its languages; `steps` for a list of texts in each."""
    if not isinstance(text, dict):
        return [f"has a {key} that is not {STEPS if steps else TEXT}"]
    faults = [f"has no {key}.{language}" for language in LANGUAGES if not text.get(language)]
    faults += [
        f"has {key}.{language}, a language that Rebond does not speak" for language in text.keys() - {*LANGUAGES}
    ]
    for language in text.keys() & {*LANGUAGES}:
        said = text[language] if steps else [text[language]]
        if not isinstance(said, list) or not all(isinstance(one, str) for one in said):
            faults.append(f"has a {key}.{language} that is not {'a list of strings' if steps else 'a string'}")
        elif language == "fr" and key != "words":
            faults += [
                f"has in {key}.fr {fault}" for pattern, fault in _FRENCH_FAULTS if any(map(pattern.search, said))
            ]
    return faults


def sign_faults(sign: Mapping[str, Any]) -> Iterator[str]:
    """A sign's examples are its test: each phrase stands in one."""
    says, examples = sign.get("says", []), sign.get("examples", [])
    if not (isinstance(says, list) and isinstance(examples, list)):
        return
    if not says and not sign.get("code_decides"):
        yield "says nothing, and no code decides it"
    compared = [plain(str(example)) for example in examples]
    for phrase in map(str, says):
        if not any(map(str.strip, pieces(phrase))):
            yield f"says “{phrase}”, which is nothing"
        elif not any(_holds(example, pieces(phrase)) for example in compared):
            yield f"has no example for “{phrase}”"


def _statement_faults(tables: Mapping[str, Any]) -> Iterator[str]:
    """What is said must have words, its cause must be known, and no thing is called as a saying is."""
    groups = tables.get("statements", {})
    things, sayings = _tables_in(groups, "of"), _tables_in(groups, "said")
    yield from (f"statements.toml: [{group}] is no group of this file" for group in groups.keys() - {"of", "said"})
    yield from (f"statements.toml: {name} is a thing and a saying" for name in things.keys() & sayings.keys())
    for group, entries in (("of", things), ("said", sayings)):
        for name, entry in entries.items():
            said = _tables_in(entry, "said")
            for unknown in said.keys() - sayings.keys():
                yield f"statements.toml: [{group}.{name}] says {unknown}, which has no words"
            for cell in (*said.values(), entry.get("alone", {})):
                cause = cell.get("cause") if isinstance(cell, dict) else None
                if isinstance(cause, str) and cause not in tables.get("causes", {}):
                    yield f"statements.toml: [{group}.{name}] names the cause {cause}, which causes.toml does not have"


def _tables_in(table: Mapping[str, Any], key: str) -> dict[str, Any]:
    """The tables of a table under a key; what is none is left out, for `check` has said so."""
    entries = table.get(key, {})
    return (
        {name: entry for name, entry in entries.items() if isinstance(entry, dict)} if isinstance(entries, dict) else {}
    )


def _repeated_phrases(tables: Mapping[str, Any]) -> Iterator[str]:
    """A phrase that one owner says twice: the first sign alone would decide, unless their codes tell them apart."""
    said: dict[tuple[str, str], tuple[str, set[str]]] = {}  # where it stands first, and the codes there
    for file, name, entry, fields, _ in _entries(tables):
        phrases = entry.get("says", ()) if "says" in fields and isinstance(entry, dict) else ()
        owner = name.rpartition(".")[0] if file == "blocklists" else PHRASES if file.startswith(PHRASES) else file
        for phrase in phrases if isinstance(phrases, list) else ():
            key = (owner, plain(str(phrase)))
            codes = {str(code) for code in entry.get("enhanced_status_codes", ())}
            if key not in said:
                said[key] = (f"{file}.toml: [{name}]", codes)
                continue
            first, its_codes = said[key]
            if not (codes and its_codes) or codes & its_codes:
                yield f"{file}.toml: [{name}] says “{phrase}”, as does {first}"


def _holds(text: str, pieces: Sequence[str]) -> bool:
    """Whether the pieces stand in the text one after the other."""
    at = 0
    for piece in pieces:
        at = text.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return True
