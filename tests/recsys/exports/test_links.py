"""Titles and addresses of others never become tags, links or headings of ours."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, strategies as st

from recsys.exports.links import FORMATS, Link, html_list, mail_table, markdown_list, web_address

HOSTILE = [
    '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "](javascript:alert(1))",
    "![x](http://evil.org)", "<https://evil.org>", "http://evil.org", "www.evil.org", "a@evil.org",
    "# head", "- list", "1. one", "a\n\n# b", "`code`", "**b**", "&lt;b&gt;", "[a]: http://evil.org",
    "| a | b |", "\u202eright", "$x$", "a\r\n- b",
]  # fmt: skip


class Read(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.text, self.links = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.links += [value for name, value in attributes if name == "href"]
        assert not {name for name, _ in attributes} - {"href", "style"}

    def handle_data(self, data):
        self.text.append(data)


@pytest.mark.parametrize("write", [html_list, mail_table])
@given(st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=30)), min_size=1, max_size=4))
def test_a_title_is_text_in_html(write, titles):
    links = [Link(item="7", title=title, url="https://a.org/?b=1&c=%22") for title in titles]
    read = Read(write(links))
    assert set(read.tags) <= {"ul", "li", "a", "table", "tr", "td", "th"}
    assert read.links == ["https://a.org/?b=1&c=%22"] * len(titles)
    shown = [link.label for link in links]
    assert all(label in read.text for label in shown if label.strip())


def test_a_title_is_text_in_markdown():
    for title in HOSTILE:
        for url in ("", "https://a.org/x_(y)"):
            text = markdown_list([Link(item="7", title=title, url=url)])
            assert text.count("\n") == 1 and text.startswith("- ")
            bare = text[2:].replace("\\\\", "")
            for sign in "<>`*#$|!":
                assert all(bare[place - 1] == "\\" for place, s in enumerate(bare) if s == sign)
            assert "http://" not in bare and "www.evil" not in bare and "a@" not in bare
            assert not bare.startswith(("- ", "1. "))
            if url:
                assert bare.endswith("](https://a.org/x_%28y%29)\n")


@pytest.mark.parametrize(
    "text",
    ["javascript:alert(1)", "data:text/html,x", "//evil.org", "ftp://a.org", "http://",
     "mailto:a@b",
     "https://a.org/\nx", "java\tscript:x", "http://[", " ", "vbscript:x", "https:a.org"],
)  # fmt: skip
def test_only_the_web_is_linked_to(text):
    assert web_address(text) == ""
    for write in FORMATS.values():
        assert "href" not in write([Link(item="7", title="t", url=text)])


def test_an_address_keeps_its_meaning_and_cannot_end_early():
    assert web_address(" https://a.org/b?c=d&e=%20f#g ") == "https://a.org/b?c=d&e=%20f#g"
    assert web_address("https://a.org/é\"'<>()|`{}") == (
        "https://a.org/%C3%A9%22%27%3C%3E%28%29%7C%60%7B%7D"
    )


def test_without_a_title_the_address_stands_for_it_and_without_both_the_id():
    with_address = Link(item="7", title=" ", url="https://a.org")
    assert '<a href="https://a.org">https://a.org</a>' in html_list([with_address])
    assert html_list([Link(item="-7", title="", url="")]) == "<ul>\n  <li>-7</li>\n</ul>\n"
