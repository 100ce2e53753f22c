"""Who was written to stays masked, whatever stands around the address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.mask import mask_addresses
from bot.render.quote import quote


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        pytest.param("john.doe@example.org", "j•••@example.org", id="an address alone"),
        pytest.param("<john.doe@example.org>:", "<j•••@example.org>:", id="in angle brackets"),
        pytest.param("rfc822;john@example.org", "rfc822;j•••@example.org", id="a field of a notice"),
        pytest.param("'john@example.org'", "'j•••@example.org'", id="in quotation marks"),
        pytest.param("to=john+news@example.org,", "t•••@example.org,", id="after an equals sign"),
        pytest.param("j@example.org", "j•••@example.org", id="one letter"),
        pytest.param('"john doe"@example.org', '"j•••"@example.org', id="a quoted local part"),
        pytest.param("bounce-john=example.org@list.example", "b•••@list.example", id="an address inside an address"),
        pytest.param("hélène@example.org", "h•••@example.org", id="letters of other scripts"),
        pytest.param("postmaster@[192.0.2.1]", "p•••@[192.0.2.1]", id="an address literal"),
        pytest.param("a@b.example c@d.example", "a•••@b.example c•••@d.example", id="two addresses"),
        pytest.param("j•••@example.org", "j•••@example.org", id="masked before"),
        pytest.param("550 5.1.1 user unknown", "550 5.1.1 user unknown", id="no address"),
        pytest.param("meet @ noon", "meet @ noon", id="an at sign alone"),
    ],
)
def test_mask_addresses(text: str, masked: str) -> None:
    assert mask_addresses(text) == masked


@pytest.mark.parametrize("text", ["a" * 200_000, '"' * 200_000, "a." * 100_000, "a@" * 100_000, "!" * 200_000])
def test_a_hostile_text_takes_no_longer_than_its_length(text: str) -> None:
    assert mask_addresses(text)


@given(st.text(alphabet='ab@".<>!•=é \\\n\udcff\0…', max_size=80))
def test_a_quote_of_a_quote_is_the_same(text: str) -> None:
    assert quote(quote(text, 40), 40) == quote(text, 40)
