"""An answer to be read: whole, safe to show, and a plain sentence where there is none."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

import course
from course.texts import LANGUAGES


@pytest.mark.parametrize(
    ("field", "plain"),
    [
        ("body", "Committee on the Rights of the Child"),
        ("belongs", "- Questions\n- Context"),
        (
            "steps",
            "1. They meet.\n2. The State reports.\n3. The list is adopted.\n4. Observations are adopted.",
        ),
        ("stages", "- Before the list → A short text\n- After the report → The full report"),
        ("words", "1200 words"),
        ("opens", "2027-10-11"),
        ("plan", "First this.\nThen that, <b>slowly</b>."),
        ("student_id", "ori-01"),
    ],
)
def test_an_answer_is_shown_in_words(write, full, field, plain):
    """Choices by their text, an order as a numbered list, a number with its unit."""
    write(full)
    shown = course.answer("a91", field)
    assert repr(shown) == plain


class Reader(HTMLParser):
    """What a browser would see: the tags that open, and the text between them."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.blocks: list[str] = []

    def handle_starttag(self, tag, attrs):
        """Note the tag; no attribute of an answer may act."""
        self.tags.append(tag)
        assert not [name for name, _ in attrs if name.startswith("on") or name in ("href", "src", "style")]

    def handle_data(self, data):
        """Note the text."""
        self.blocks.append(data)


def read(html) -> Reader:
    """The page as a browser would read it."""
    reader = Reader()
    reader.feed(html)
    return reader


def test_an_order_is_a_numbered_list_on_the_page(write, full):
    """The instructor sees the steps one below the other, in the learner's order."""
    write(full)
    reader = read(course.answer("a91", "steps")._repr_html_())
    assert reader.tags == ["div", "ol", "li", "li", "li", "li"]
    assert reader.blocks[0] == "They meet."


ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</p></div><iframe src=javascript:alert(1)>",
    '"><svg onload=alert(1)>',
    "&lt;script&gt; stays as typed",
    "[x](javascript:alert(1)) $x^2$ `y`",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_a_learner_types_is_text_and_nothing_else(write, attack):
    """Markup in an answer is shown as it was typed and does nothing in the instructor's browser."""
    write({"plan": attack})
    reader = read(course.answer("a91", "plan")._repr_html_())
    assert reader.tags == ["div", "p"]
    assert "".join(reader.blocks) == attack


def test_markup_in_the_text_of_a_choice_is_text(write):
    """The same for what an author wrote."""
    write({"body": "cedaw"})
    assert "".join(read(course.answer("a91", "body")._repr_html_()).blocks) == "CEDAW <the committee>"


def test_each_paragraph_of_an_answer_finds_its_own_direction(write):
    """An answer in Arabic and English is readable in both."""
    write({"plan": "نبدأ بالماء.\nThen the school."})
    html = course.answer("a91", "plan")._repr_html_()
    assert html.count('<p dir="auto">') == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nothing_was_answered_a_sentence_says_so(write, language):
    """An empty answer is said in the language of the page."""
    write({"words": 3})
    shown = course.answer("a91", "plan", language)
    assert f'lang="{language}"' in shown._repr_html_()
    assert (repr(shown) == "No answer was given.") == (language == "en")


def test_where_there_are_no_answers_yet_a_sentence_says_so(folder):
    """A learner who opens the page for the first time sees no traceback."""
    assert repr(course.answer("a91", "plan")) == "There are no answers beside this page yet."


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("answers.json", "{", "answers.json: this is not the JSON"),
        ("assignment.yml", "id: [", "a91/assignment.yml: the form of this assignment cannot be read"),
    ],
)
def test_damage_is_said_in_a_sentence(write, full, name, content, sentence):
    """Whatever is damaged, the page shows words, and no path of the machine."""
    path = write(full)
    path.with_name(name).write_text(content, encoding="utf-8")
    shown = repr(course.answer("a91", "plan"))
    assert shown.startswith(sentence)
    assert "\n" not in shown
    assert str(path.parent) not in shown


def test_a_question_that_is_not_on_the_page_is_said(write, full):
    """A slip of an author is shown in words."""
    write(full)
    assert repr(course.answer("a91", "nothing")) == "a91, nothing: this page has no such question."
    assert repr(course.answer("a92", "plan")) == "a92, plan: this page has no such question."
