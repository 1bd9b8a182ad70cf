"""The Markdown of a page as HTML: what the course's pages use, and nothing lost on the way."""

from __future__ import annotations

import pytest

from course.learn.markdown import to_html


@pytest.mark.parametrize("fence", ["```", ":::", "::::"])
def test_an_admonition_is_an_aside_with_its_title(fence):
    """With either fence; what stands before and after it stays in its place."""
    html = to_html(f"Before.\n\n{fence}{{warning}} Take *care*\nInside.\n{fence}\n\nAfter.\n")
    assert html == (
        "<p>Before.</p>\n"
        '<aside class="aside aside-warning"><p class="aside-title">Take <em>care</em></p>'
        "<p>Inside.</p>\n</aside>"
        "<p>After.</p>\n"
    )


def test_an_admonition_may_hold_another_one():
    """The outer fence is the longer one."""
    html = to_html("::::{note}\n:::{tip} Inner\nText.\n:::\n::::\n")
    assert html.startswith('<aside class="aside aside-note"><aside class="aside aside-tip">')


def test_a_dropdown_opens_without_a_script():
    """As the browser's own element; its options are not shown."""
    html = to_html(":::{dropdown} Sources\n:open:\nA list.\n:::\n")
    assert html == "<details><summary>Sources</summary><p>A list.</p>\n</details>"


def test_raw_html_stays_as_it_is():
    """Such as a link that leaves the page."""
    assert (
        to_html('```{raw} html\n<a href="about:blank">Leave</a>\n```\n')
        == '<a href="about:blank">Leave</a>\n'
    )


def test_labels_are_not_shown():
    """They are for the book's own references."""
    assert to_html("(some-label)=\n# Title\n") == "<h1>Title</h1>\n"


def test_tables_and_quotations_are_what_they_are():
    """CommonMark and tables."""
    html = to_html("| a | b |\n|---|---|\n| 1 | 2 |\n\n> said\n")
    assert "<table>" in html
    assert "<blockquote>" in html
