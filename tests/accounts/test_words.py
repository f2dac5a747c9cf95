"""Small words: browsers by their name, mails cut into paragraphs."""

import pytest

from network.accounts.mails import paragraphs
from network.accounts.templatetags.accounts_ui import browser

CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (CHROME, "Chrome, Linux"),
        (CHROME + " Edg/156.0", "Edge, Linux"),
        ("Mozilla/5.0 (Windows NT 10.0; rv:150.0) Gecko/20100101 Firefox/150.0", "Firefox, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1", "Safari, iOS"),
        ("curl/8.1", "curl/8.1"),
        ("", "Unknown browser"),
        ("<b>" + "x" * 200, "<b>" + "x" * 77),
    ],
)
def test_a_browser_has_a_name(line, name):
    assert browser(line) == name


def test_a_mail_is_cut_into_words_links_and_codes():
    cut = paragraphs(
        "Enter:\n\nAB12-CD34\n\nor open\n\nhttps://x.example/y\n\n-- \nThe Network\n", code="AB12-CD34"
    )
    assert [(part.kind, part.text) for part in cut] == [
        ("words", "Enter:"),
        ("code", "AB12-CD34"),
        ("words", "or open"),
        ("link", "https://x.example/y"),
    ]
