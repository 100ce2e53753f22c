"""Texts that somebody made to hurt: always an answer, never an exception, and never more than linear time."""

import json
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core import explain
from bot.render.blocks import answer
from bot.render.record import record

BOUNCES = Path(__file__).parent / "bounces"
MILLION = 1_000_000
LONGEST = 3.0  # seconds; a tenth is usual, and machines that run tests are slow
LENGTH = 100_000  # characters, half of what is read at all
LINE = 3_900  # characters, a little less than is read of one line

NOTICE = "From: MAILER-DAEMON@example.net\nTo: ops@example.net\nSubject: Undelivered mail\nDate: today\n"
HTML = f"{NOTICE}Content-Type: text/html\n\n"
LOG = "Nov 23 14:21:40 mail postfix/smtp[165]: 4AB: to=<jo@example.org>, status=bounced (550 no)\n"
RECIPIENT = "Final-Recipient: rfc822; u{n}@example.org\nAction: failed\nDiagnostic-Code: smtp; 550 5.1.1 No\n\n"


def nested(depth: int, inside: str) -> str:
    """Parts within parts."""
    levels = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    return f"{NOTICE}{levels}{inside}"


def numbered(template: str, times: int = 100_000) -> str:
    return "".join(template.format(n=n) for n in range(times))


def took(text: str) -> float:
    """The seconds for an answer that can be printed."""
    signal.setitimer(signal.ITIMER_REAL, 2 * LONGEST)
    started = time.perf_counter()
    explanation = explain(text)
    answer(explanation)
    spent = time.perf_counter() - started
    json.dumps(record(explanation)).encode()
    return spent


@pytest.fixture(autouse=True)
def nothing_hangs() -> Iterator[None]:
    """End a test that would take minutes: regular expressions look for signals."""

    def too_long(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, too_long)
    signal.setitimer(signal.ITIMER_REAL, 60)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="module", autouse=True)
def matchers_are_loaded() -> None:
    explain("550 5.1.1 to warm up what is compiled at its first use")


CASES: dict[str, Callable[[], str]] = {
    "10 MB of one letter": lambda: "x" * 10 * MILLION,
    "10 MB of one letter that is not ASCII": lambda: "é" * 10 * MILLION,
    "10 MB of NUL": lambda: "\0" * 10 * MILLION,
    "10 MB of a log": lambda: LOG * (10 * MILLION // len(LOG)),
    "10 MB of replies": lambda: numbered("550 5.1.1 <u{n}@example.org>: user unknown\n\n", 200_000),
    "lone surrogates": lambda: "\udc80\ud800" * MILLION,
    "a reply with lone surrogates": lambda: "550 5.1.1 \udc80 user unknown \ud800",
    "100,000 recipients in fields": lambda: f"Reporting-MTA: dns; mail.example.net\n\n{numbered(RECIPIENT)}",
    "100,000 recipients in a message": lambda: (
        f"{NOTICE}Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n"
        f"{numbered(RECIPIENT)}"
    ),
    "100,000 recipients in prose": lambda: (
        f"{NOTICE}\n{numbered('<u{n}@example.org>: host mx.example.org[192.0.2.1] said: 550 5.1.1 No')}"
    ),
    "100,000 recipients in paragraphs": lambda: f"{NOTICE}\n" + numbered("<u{n}@example.org>:\nno mailbox\n\n"),
    "100,000 recipients in X-Failed-Recipients": lambda: (
        f"X-Failed-Recipients: {', '.join(f'u{n}@example.org' for n in range(100_000))}\n{NOTICE}\nfailed"
    ),
    "MIME 1,000 deep": lambda: nested(1_000, "Content-Type: text/plain\n\n550 5.1.1 user unknown\n"),
    "MIME 10,000 deep": lambda: nested(10_000, "\n550 5.1.1 user unknown\n"),
    "messages in messages": lambda: f"{NOTICE}{'Content-Type: message/rfc822' + chr(10) * 2}" * 10_000,
    "notices in notices": lambda: (
        (NOTICE + "Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n") * 1_000
    ),
    "100,000 parts": lambda: f"{NOTICE}Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n" * 100_000,
    "100,000 headers": lambda: f"{NOTICE}{numbered('X-{n}: y' + chr(10))}\nbody",
    "100,000 groups of fields": lambda: (
        f"{NOTICE}Content-Type: message/delivery-status\n\n" + "Final-Recipient: rfc822; a@b\n" + "x\n\n" * 100_000
    ),
    "a field folded 100,000 times": lambda: "Final-Recipient: rfc822; a@b\nDiagnostic-Code: x\n" + " y\n" * 100_000,
    "a boundary of 100,000 letters": lambda: f'{NOTICE}Content-Type: multipart/mixed; boundary="{"a" * 100_000}"\n\n',
    "100,000 parameters": lambda: f"{NOTICE}Content-Type: text/plain{numbered('; charset*{n}*=a')}\n\n550 5.1.1 No",
    "encoded words": lambda: f"{NOTICE}X-Failed-Recipients: {'=?utf-8?q?a?= ' * 50_000}\n\n550 5.1.1 No",
    "JSON in JSON": lambda: '{"a":' * 100_000 + '"jo@example.org"',
    "lists in lists": lambda: "[" * 100_000 + '"jo@example.org"' + "]" * 100_000,
    "JSON as deep as Python reads it": lambda: (
        '[{"event":"bounce","email":"jo@example.org"},' + '{"a":' * 900 + "1" + "}" * 900 + "]"
    ),
    "JSON in strings of JSON": lambda: _json_in_strings(14),
    "5,000 events": lambda: json.dumps(
        [{"event": "bounce", "email": f"u{n}@example.org", "reason": "550 No"} for n in range(5_000)]
    ),
    "a message trace of one open quote": lambda: "Date,Recipient,Status\n" + 'a,"' * 300_000,
    "a tracking log of one row": lambda: "2026-11-23T14:21:40.123Z" + "," * 7 + "AB,FAIL," + "a@b," * 300_000,
    "HTML of a million <": lambda: HTML + "<" * MILLION,
    "HTML that only opens": lambda: HTML + "<div>" * 200_000,
    "HTML in which one thing hides all": lambda: HTML + "<style>" * 200_000,
    "HTML of entities": lambda: HTML + "&amp;#38;" * 200_000,
    "a thousand addresses folded below a header": lambda: (
        f"{NOTICE}\nfailed: 550 5.1.1 No\n\nTo: x\n" + "        a@b.example,\n" * 1_000 + "\nend"
    ),
    "quotation marks behind backslashes": lambda: '"550 5.1.1 user unknown @\n' + ('\\"a' * 1_300 + "\n") * 20,
    "addresses without an end behind Exim's stars": lambda: (" ** " + "@" * 64) * 3_000,
    "lists of nothing": lambda: "[" + "[]," * 60_000 + '"@"]',
    "a charset that decompresses": lambda: (
        f"{NOTICE}Content-Type: text/plain; charset=bz2\nContent-Transfer-Encoding: base64\n\nQlpo"
    ),
    "a charset with a NUL": lambda: f'{NOTICE}Content-Type: text/plain; charset="a\0b"\n\n550 5.1.1 No',
}


def _json_in_strings(depth: int) -> str:
    text = '{"event":"bounce","email":"jo@example.org"}'
    for _ in range(depth):
        text = json.dumps({"a": text})
    return text


@pytest.mark.parametrize("case", CASES)
def test_answers_in_time(case: str) -> None:
    assert took(CASES[case]()) < LONGEST


# What patterns look for: each may be tried at every place where its beginning stands.
PIECES = (
    "1.100",
    "1 100 ",
    "a: 1\n",
    *"\n \t<>()[]{}'\"|-=_.,:;@#&*/\\9aé\u3042\0\r",
    *("550-", "550 ", "550\n", "550 a\n", "550-a\n", "5.1.1 ", "(#5.1.1)", "550 5.1.1 ", "250 ok ", "[550", "#5.1.1 "),
    *("status=bounced (", "postfix/", "postfix/smtp/", "postfix/smtp[1]: ", "reject: RCPT from ", "reject: a from [["),
    *("postfix/smtp[1]: 4AB: discard: body ", "; from=<a> to=<b>", "postfix/smtp[1]: 4AB: reject: A from ", "]: "),
    *("postfix/smtp[1]: connect to a.b[1]:25: ", "postfix/smtp[1]: 4AB: host a.b["),
    *(
        ", reply=",
        ", stat=",
        "stat=",
        "ruleset=a, arg1=",
        "ruleset=check_compat, arg1=",
        ", reject=",
        "to=<a@b>,<a@b>,",
        'failed-command command="',
        '" result="',
        "to=",
        "to=<a@",
        "relay=",
        "host=",
        "H=",
        "dsn=5.1.1",
        "R=a ",
    ),
    *(
        " ** a@b ",
        " == a@b ",
        " ** ",
        "rejected RCPT ",
        "rejected RCPT <",
        " rejected after DATA: envelope-to: ",
        "\nEnvelope-from: <>",
        "\nEnvelope-from: <>\nEnvelope-to: ",
        " ** |/",
        " routing defer (",
        'A="',
        "\\303",
        "\\n",
        "dma[a]: ",
        "courier: ",
    ),
    *(
        "courier: id=a,from=<>,addr=<",
        "courier: id=a,from=<>,addr=<a>: b\n",
        'result="x" stat="',
        "exitcode=EX_",
        "lmtp(a@",
    ),
    *("delivery 1: failure: ", "starting delivery 1: msg 1 to local ", "a.b-", "/Remote_host_said:", "/550_", "<_"),
    *("courier: error,relay=", ",to=<", "dma[a]: remote delivery to ", " after x <"),
    *("host=a from= recipients=", " smtpmsg='", " errormsg='", " exitcode=", "host=a from=b recipients=c exitcode="),
    *(
        "<<< ",
        ">>> ",
        "> ",
        ">> ",
        "said: ",
        "host ",
        "host a.b.c.d ",
        "a.",
        "a@",
        "a@b.c ",
        "a@example.org\n",
        "a-",
        "-a",
    ),
    *("<a@example.org>: ", "recipient ", "recipient a ", "delivery to ", "deliver to a ", "message to ", "was not "),
    *(
        "From: ",
        "Subject: ",
        "A-a: ",
        "a: b\n",
        "x\n\n",
        "\n \n",
        "\n> \n",
        "\nreceived: \n",
        "\nfrom:\n ",
        "\nfrom:\n > ",
    ),
    *("Status: ", "smtp;", "Final-Recipient: rfc822; a@b\n", "Action: failed\n", "Diagnostic-Code: smtp; 550 No\n"),
    *(
        '{"',
        '[{"',
        '{"a":',
        "[1,",
        '"jo@example.org"',
        "date,recipient\n",
        "date\n",
        "<p>",
        "<!--",
        "</",
        "&#9",
        "&lt;",
    ),
    *(
        "user unknown ",
        "mailbox ",
        "quota exceeded ",
        "blocked using a.b",
        "listed in ",
        "wait 5 m",
        "in 5 ",
        "https://a.",
    ),
    *("error ", "code 550 ", "smtp error 550 ", "450 ", "421 ", "--", "-- ", "=-", "...", "original message", "the "),
)


@pytest.mark.parametrize("before", ["", f"{NOTICE}\n"], ids=["bare", "in a message"])
@pytest.mark.parametrize("piece", PIECES, ids=repr)
def test_one_piece_over_and_over(piece: str, before: str) -> None:
    on_one_line = before + piece * (LENGTH // len(piece))
    on_lines = before + (piece * (LINE // len(piece)) + "\n") * (LENGTH // LINE)
    assert max(took(on_one_line), took(on_lines)) < LONGEST / 2


def test_time_grows_with_the_length_alone() -> None:
    half, whole = (min(took(LOG * times) for _ in range(3)) for times in (500, 1_000))
    assert whole < 4 * half


any_text = st.text(st.characters(codec=None, exclude_categories=()), max_size=300)
mail_like = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=60).map("".join)
SAMPLES = [file.read_text(encoding="utf-8") for file in sorted(BOUNCES.glob("*.eml")) + sorted(BOUNCES.glob("*.log"))]


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A sample with a piece cut out and another put in its place."""
    sample = draw(st.sampled_from(SAMPLES))
    start = draw(st.integers(0, len(sample)))
    end = draw(st.integers(start, min(len(sample), start + 200)))
    return sample[:start] + draw(st.one_of(st.just(""), mail_like, any_text)) + sample[end:]


@settings(max_examples=300, deadline=3_000, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(any_text, mail_like, damaged()))
def test_any_text_has_an_answer(text: str) -> None:
    explanation = explain(text)
    json.dumps(record(explanation)).encode()
    for failure in explanation.failures:
        assert failure.permanence in ("temporary", "permanent", None)


@settings(max_examples=100, deadline=3_000)
@given(st.one_of(any_text, mail_like, damaged()))
def test_the_same_text_has_the_same_answer(text: str) -> None:
    assert explain(text) == explain(text)
