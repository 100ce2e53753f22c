"""HTML bodies as people see them."""

import pytest

from bot.core.html import text_of_html


@pytest.mark.parametrize(
    ("source", "text"),
    [
        pytest.param("550 No", "550 No", id="no tags"),
        pytest.param("<p>550 No</p><p>really</p>", "550 No\n\nreally", id="blocks stand on lines of their own"),
        pytest.param("550<br>5.1.1", "550\n5.1.1", id="a line break"),
        pytest.param("550 <b>5.1.1</b> No", "550 5.1.1 No", id="letters in bold stay in their line"),
        pytest.param("a &lt;jo@example.org&gt; &amp; b&#39;s &eacute;", "a <jo@example.org> & b's é", id="entities"),
        pytest.param("to <jo@example.org> it", "to <jo@example.org> it", id="an address in brackets is no tag"),
        pytest.param("<style>p{width:550px}</style>ok", "ok", id="style sheets are not seen"),
        pytest.param("<script>if (a < 550) b()</script>ok", "ok", id="scripts are not seen"),
        pytest.param("<head><title>421</title></head><body>ok</body>", "ok", id="the head is not seen"),
        pytest.param("<!-- 550 --><!doctype html>ok", "ok", id="comments are not seen"),
        pytest.param("<P CLASS='x'>550</P >", "550", id="capitals and spaces in tags"),
        pytest.param("<p>550 <unclosed", "550 <unclosed", id="a tag that never ends"),
        pytest.param("1 < 2 > 0", "1 < 2 > 0", id="signs of comparison"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_the_text_that_a_person_sees(source: str, text: str) -> None:
    assert text_of_html(source) == text
