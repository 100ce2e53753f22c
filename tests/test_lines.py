"""Lines that differ only in names are explained once, and every line gets the record that it would get alone."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import explain
from bot.render.lines import LineRecords
from bot.render.record import record

LINES = [
    "550 5.1.1 <{name}@example.org>: user unknown (id 4BFE00AA0{digit})",
    "451 4.7.1 Greylisted, come back in 12{digit} seconds",
    "451 4.7.1 Greylisted, come back in 3{digit}000 s",
    "451 4.7.1 <{name}@example.org>: please try again in 1{digit} minutes",
    "451 4.7.1 Deferred, try again in {digit} hours or in {digit}0 hours",
    "451 4.4.1 tried for 29{digit} seconds, and again after 71993 seconds",
    "451 4.7.1 Greylisted, retry in 999{digit} hours",
    "451 4.7.1 message 113 of 20{digit}, try again in 11{digit} hours",
    "451 4.7.1 <jo71993@example.org>: try again in 7199{digit} seconds",
    "451 4.7.1 <{name}@example.org>: try again in 7199{digit} seconds",
    "host mx.example.org said: 45{digit} seconds until you may try again, greylisted",
    "552 Message 1234{digit} exceeds the size limit",
    "554 5.7.1 blocked 203.0.113.{digit} using zen.spamhaus.org",
    "Nov 23 14:0{digit}:54 mail postfix/smtp[165{digit}]: 4AB00000{digit}: to=<{name}@gmail.com>, relay=mx.{name}.test"
    "[192.0.2.{digit}]:25, delay=1.{digit}, delays=0.1/0/0.5/0.{digit}, dsn=5.2.2, status=bounced (host mx.{name}.test"
    "[192.0.2.{digit}] said: 552 5.2.2 <{name}@gmail.com>: over quota (in reply to RCPT TO command))",
    "Nov 23 14:0{digit}:54 mail postfix/smtp[165]: 4AB00000{digit}: to=<jo@example.org>, relay=none, delay=30, "
    "delays=30/0/0/0, dsn=4.4.1, status=deferred (connect to {name}.example.org[192.0.2.1]:25: Connection refused)",
    "Nov 23 14:0{digit}:54 mail postfix/smtp[165]: 4AB: to=<{name}@example.org>, status=sent (250 Ok)",
    "Nov 23 14:0{digit}:54 mail postfix/qmgr[9]: 84002{digit}86756: removed",
    "2026-11-23 14:25:0{digit} 1xVUyb-00001{digit}-07 ** {name}@example.org R=dns T=smtp H=mx.example.net [192.0.2.1]: "
    "SMTP error from remote mail server after RCPT TO:<{name}@example.org>: 550 No such user {name}",
    "2026-11-23 14:25:0{digit} 1xVUyb-00001{digit}-07 Completed",
    "{name}@example.org",
    "mailbox of {name}@example.org full",
    "Final-Recipient: rfc822; {name}@Example.org",
    "550 5.1.1 x@n{digit}.example idx{digit}idx 0.0.0.{digit}",
    "550",
    "",
]


@pytest.mark.parametrize("line", LINES)
def test_a_line_has_its_own_record_whatever_came_before(line: str) -> None:
    record_of = LineRecords()

    for name, digit in (("jo", 1), ("jo", 1), ("ann", 2), ("QUOTA", 3), ("o'neil", 4), ("jürgen", 5), ("full", 6)):
        one = line.format(name=name, digit=digit)
        assert json.loads(record_of(one)) == record(explain(one), texts=False)


@given(st.lists(st.sampled_from(LINES), max_size=3), st.lists(st.text(max_size=4), min_size=3, max_size=5))
def test_no_name_leaks_into_another_line(lines: list[str], names: list[str]) -> None:
    record_of = LineRecords()

    for digit, name in enumerate(names):
        for line in lines:
            one = line.format(name=name, digit=digit)
            assert json.loads(record_of(one)) == record(explain(one), texts=False)


def test_with_texts_a_record_has_them() -> None:
    record_of = LineRecords(texts=True)

    for _ in range(3):
        assert json.loads(record_of("550 5.1.1 user unknown"))["failures"][0]["title"]["fr"]
