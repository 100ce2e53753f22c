"""A reply's wording without the names in it, so that the same words are judged once, whoever they were said of."""

import re

from bot.core.provider import company_of_domain

_MOST = 200  # names in one reply; beyond that it is no wording that comes again
# Addresses, IP addresses, and the long hexadecimal ids of messages and queues; host names stay, for they may tell who
# answered.
_NAME = re.compile(
    r"(?P<local>[^\s<>()\[\]:;,\"'@=]{1,64})@(?P<domain>(?:[\w-]{1,63}\.){0,20}[\w-]{1,63})"
    r"|(?<![\w.])(?P<ip>(?:\d{1,3}\.){3}\d{1,3})(?![\w.])"
    r"|(?<![\w.-])(?=[a-fA-F-]{0,20}\d)[0-9a-fA-F-]{8,64}(?![\w.-])"
)
_STAND_IN = re.compile(r"someone(\d{1,3})@[\w.-]*\w|(?<![\w.])192\.0\.2\.(\d{1,3})(?![\w.])|idx(\d{1,3})idx")


def without_names(text: str) -> tuple[str, tuple[str, ...]]:
    """
    The text with a numbered stand-in for each name, and the names; a provider's domain stays.

    >>> without_names("550 5.1.1 <jo@example.org>: blocked 203.0.113.9")
    ('550 5.1.1 <someone0@example.invalid>: blocked 192.0.2.1', ('jo@example.org', '203.0.113.9'))
    """
    names: list[str] = []

    def stand_in(name: re.Match[str]) -> str:
        if len(names) == _MOST:
            return name[0]
        names.append(name[0])
        domain = name["domain"]
        if domain is None:
            return f"192.0.2.{len(names) - 1}" if name["ip"] else f"idx{len(names) - 1}idx"
        return f"someone{len(names) - 1}@{domain if company_of_domain(domain) else 'example.invalid'}"

    return _NAME.sub(stand_in, text), tuple(names)


def with_names(text: str, names: tuple[str, ...]) -> str:
    """
    The names in the place of their stand-ins again.

    >>> with_names("blocked 192.0.2.1", ("jo@example.org", "203.0.113.9"))
    'blocked 203.0.113.9'
    """
    if not names:
        return text

    def name(found: re.Match[str]) -> str:
        number = int(found[1] or found[2] or found[3])
        return names[number] if number < len(names) else found[0]

    return _STAND_IN.sub(name, text)
