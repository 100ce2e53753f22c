"""Which texts ask about a code, and about which."""

import pytest

from bot.core.codes import AskedCode, read_code

KNOWN = {"250", "354", "421", "452", "550", "571", "602"}


@pytest.mark.parametrize(
    ("text", "reply_code", "enhanced_status_code"),
    [
        pytest.param("452", "452", None, id="a reply code"),
        pytest.param("560", "560", None, id="a reply code that no standard knows"),
        pytest.param("602", "602", None, id="a sending platform's pseudo code"),
        pytest.param("4", "4xx", None, id="a first digit"),
        pytest.param("6xx", "6xx", None, id="the class of pseudo codes"),
        pytest.param("(550)", "550", None, id="in brackets"),
        pytest.param("550 - 5.1.1", "550", "5.1.1", id="a dash between the two"),
        pytest.param("hey @rebond, 452 please?", "452", None, id="a question to the bot"),
        pytest.param("c’est quoi 452", "452", None, id="a question with a typographic apostrophe"),
        pytest.param("pourquoi 550 ?", "550", None, id="a question why"),
        pytest.param("4xx", "4xx", None, id="a class"),
        pytest.param("4yz", "4xx", None, id="a class as the standard writes it"),
        pytest.param("5XX", "5xx", None, id="a class in capitals"),
        pytest.param("45x", "45x", None, id="two digits"),
        pytest.param("x5x", "x5x", None, id="a second digit"),
        pytest.param("5.7.26", None, "5.7.26", id="an enhanced status code"),
        pytest.param("5.7.999", None, "5.7.999", id="an enhanced status code that is not registered"),
        pytest.param("X.7.26", None, "x.7.26", id="any class"),
        pytest.param("5.7", None, "5.7.x", id="class and subject"),
        pytest.param("5.7.x", None, "5.7.x", id="class and subject with an x"),
        pytest.param("x.7.x", None, "x.7.x", id="a subject"),
        pytest.param("5.x.x", None, "5.x.x", id="a class of enhanced status codes"),
        pytest.param("550 5.7.26", "550", "5.7.26", id="both"),
        pytest.param("550-5.7.26", "550", "5.7.26", id="both, of a reply that goes on"),
        pytest.param("550 #5.7.1", "550", "5.7.1", id="both, with qmail's sign"),
        pytest.param("550 (5.7.1)", "550", "5.7.1", id="both, in brackets"),
        pytest.param("452/4.3.1", "452", "4.3.1", id="both, with a slash"),
        pytest.param("#5.7.1", None, "5.7.1", id="qmail's sign alone"),
        pytest.param("(#5.7.1)", None, "5.7.1", id="qmail's sign in brackets"),
        pytest.param("  `452`  ", "452", None, id="in backticks"),
        pytest.param("550-", "550", None, id="the first line of a reply"),
        pytest.param("what does 452 mean?", "452", None, id="an English question"),
        pytest.param("ça veut dire quoi, 452 4.3.1 ?", "452", "4.3.1", id="a French question"),
        pytest.param("que signifie le code 5.7.26 ?", None, "5.7.26", id="a French question about the other kind"),
        pytest.param("SMTP error 550.", "550", None, id="a name before it and a stop after it"),
    ],
)
def test_reads_the_code_that_is_asked(text: str, reply_code: str | None, enhanced_status_code: str | None) -> None:
    assert read_code(text, KNOWN) == AskedCode(reply_code, enhanced_status_code)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("999", id="no first digit of SMTP"),
        pytest.param("699", id="a pseudo code that nobody uses"),
        pytest.param("0", id="zero"),
        pytest.param("45", id="two digits alone"),
        pytest.param("2024", id="a year"),
        pytest.param("12:50", id="a time"),
        pytest.param("5:50", id="a short time"),
        pytest.param("1.2.3.4", id="an address"),
        pytest.param("5.7.26.1", id="four parts"),
        pytest.param("3.7.26", id="a class that does not exist"),
        pytest.param("5.07.1", id="a leading zero"),
        pytest.param("5.7.1000", id="a detail of four digits"),
        pytest.param("250 users", id="a count"),
        pytest.param("we have 250 users and 550 mailboxes", id="counts in a sentence"),
        pytest.param("MySQL 5.7.26", id="a version"),
        pytest.param("550 4xx", id="two reply codes"),
        pytest.param("xxx", id="no digit at all"),
        pytest.param("x.x.x", id="an enhanced status code without a digit"),
        pytest.param("x.9.9", id="a subject that does not exist"),
        pytest.param("what is the", id="a question about nothing"),
        pytest.param("🙂🙂", id="only emoji"),
        pytest.param("٤٥٢", id="digits of another script"),
        pytest.param("is is is is is is is is is is is is is 452", id="too long to be a question"),
    ],
)
def test_leaves_alone_what_is_no_code(text: str) -> None:
    assert read_code(text, KNOWN) is None
