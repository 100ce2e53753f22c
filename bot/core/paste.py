"""A paste as people's tools leave it, tidied: one kind of space, of hyphen and of line break, nothing invisible."""

LONGEST = 200_000  # characters that are read; a bounce with its transcript is a tenth of that

# Chat programs, mail programs and word processors exchange these for plain characters.
_TIDY = str.maketrans(
    {
        "\r": "\n",
        "\0": " ",
        "\u00a0": " ",  # no-break space
        "\u202f": " ",  # narrow no-break space
        "\u2007": " ",  # figure space
        "\u2010": "-",  # hyphen
        "\u2011": "-",  # no-break hyphen
        "\u00ad": None,  # soft hyphen
        "\u200b": None,  # zero width space
        "\u2060": None,  # word joiner
        "\ufeff": None,  # byte order mark
        **dict.fromkeys(map(chr, range(0xD800, 0xE000)), "\ufffd"),  # halves of characters, which no encoding takes
    }
)


def tidy(text: str) -> str:
    """
    The text as the other modules read it, cut at `LONGEST` characters.

    >>> tidy("  550\u20115.7.26\u00a0refused\\r\\n")
    '550-5.7.26 refused'
    """
    text = text[:LONGEST]
    if text.isascii() and "\r" not in text and "\0" not in text:  # as nearly all are: nothing to exchange
        return text.strip()
    return text.replace("\r\n", "\n").translate(_TIDY).strip()
