"""A paste as people's tools leave it, tidied: one kind of space, of hyphen and of line break, nothing invisible."""

LONGEST = 200_000  # characters that are read; a bounce with its transcript is a tenth of that

DIRECTION_MARKS = (*range(0x200C, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""Marks that join letters or tell the direction of writing: they show nothing, and can make a text read as another."""

# Where the digits of the other scripts begin that people type, from Arabic to full-width ones and mathematical ones.
_ZEROS = (0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xFF10, *range(0x1D7CE, 0x1D800, 10))

# Chat programs, mail programs and word processors exchange these for plain characters.
_TIDY = str.maketrans(
    {
        "\r": "\n",
        "\0": " ",
        "\u2028": "\n",  # line separator
        "\u2029": "\n",  # paragraph separator
        **dict.fromkeys((0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " "),  # spaces of all widths
        "\u2010": "-",  # hyphen
        "\u2011": "-",  # no-break hyphen
        "\u00ad": None,  # soft hyphen
        "\u200b": None,  # zero width space
        **dict.fromkeys(DIRECTION_MARKS),
        "\u2060": None,  # word joiner
        "\ufeff": None,  # byte order mark
        **{zero + digit: str(digit) for zero in _ZEROS for digit in range(10)},
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
