"""The page without JavaScript: readable, safe whatever a text holds, small."""

from __future__ import annotations

import gzip
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from course.content.reading import load_forms
from course.forms.payload import form_payload
from course.quizzes import quiz_payload
from course.quizzes.assets import ASSETS, PARTS, page_script, page_style, widget_script
from course.quizzes.html import plain_html, say, script_json
from course.quizzes.page import Page
from course.texts import section

SAMPLE = Path(__file__).parent / "sample"


class Reader(HTMLParser):
    """Every start tag, and the text outside style and script."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.text, self.attributes = [], "", []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        """Note the tag and its attributes."""
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_data(self, data):
        """Note what a reader sees."""
        if not self.tags or self.tags[-1] not in ("script", "style") or self.cdata_elem is None:
            self.text += data


def html_of(name, lang="en"):
    """A quiz of the sample module as HTML."""
    return Page(quiz_payload("01-garden", name, lang, SAMPLE))._repr_html_()


def test_questions_choices_answers_and_reasons_can_be_read():
    """Everything stands in the HTML itself, the answers folded away in <details>."""
    payload = quiz_payload("01-garden", "every-kind", "en", SAMPLE)
    read = Reader(plain_html(payload))
    for item in payload["items"]:
        assert item["stem"] in read.text
        assert all(choice["feedback"] in read.text for choice in item["choices"])
    assert read.tags.count("details") == len(payload["items"])
    assert "Monday 13 September 2027" in read.text
    assert section("quiz", "en")["practice-only"] in read.text


def test_a_form_without_javascript_is_a_print_out():
    """Labels, boxes to tick and blank lines; a paragraph shows its gaps."""
    form = load_forms("01-garden", SAMPLE)["plan"]
    read = Reader(plain_html(form_payload("01-garden/plan", form)))
    assert "Number of your bed" in read.text
    assert "☐ The autumn fair" in read.text
    assert "We sow ______ for ______" in read.text
    assert "details" not in read.tags


def test_text_cannot_become_markup():
    """No tag, attribute or end of an element that stands in a text reaches the page as such."""
    html = html_of("check-01")
    read = Reader(html)
    assert read.tags.count("script") == 2
    assert read.tags.count("style") == 1
    assert not {"img", "i", "b"} & set(read.tags)
    assert not {"onclick", "onerror"} & set(read.attributes)
    payload = re.search(r'data-course="payload">(.*?)</script>', html, re.DOTALL)[1]
    assert json.loads(payload)["items"][2]["stem"].startswith("Which line is text? </script>")


def test_json_in_a_script_holds_no_sign_that_could_end_it():
    """Not even the line separators that older JavaScript does not allow in a text."""
    plain = script_json({"a": "</script><!-- & \u2028 \u2029"})
    assert not set("<>&\u2028\u2029") & set(plain)
    assert json.loads(plain) == {"a": "</script><!-- & \u2028 \u2029"}


def test_the_parts_that_the_book_serves_once_are_marked():
    """Payload, style and code each carry their data-course, exactly once."""
    html = html_of("check-01")
    for part in ("payload", "style", "code"):
        assert html.count(f'data-course="{part}"') == 1


def test_the_script_holds_nothing_that_ends_a_script():
    """It stands inside <script> in every output."""
    assert "</script" not in page_script()
    assert "</style" not in page_style()


def test_the_style_touches_nothing_but_quizzes():
    """Every selector lies below .course-quiz: a theme and a quiz must not fight."""
    rules = re.sub(r"@(?:media|supports)[^{]*\{", "", page_style())
    selectors = [
        selector.strip()
        for group in re.findall(r"([^{}]+)\{[^{}]*\}", rules)
        for selector in re.split(r",(?![^(]*\))", group)
    ]
    assert len(selectors) > 50
    assert [selector for selector in selectors if ".course-quiz" not in selector] == []


def test_the_live_module_is_the_static_script_and_one_export():
    """There is no second source that could behave differently."""
    assert widget_script().startswith(page_script())
    assert widget_script().count("export ") == 1
    assert sorted(PARTS) == sorted(path.name for path in ASSETS.glob("*.js"))


def test_script_and_style_stay_small():
    """Half of what a quiz page may add is left for its questions."""
    assert len(gzip.compress((page_script() + page_style()).encode(), 9)) < 14_000


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("انظر CEDAW/C/GC/39 اليوم", 'انظر <bdi dir="ltr">CEDAW/C/GC/39</bdi> اليوم'),
        ("يوم 2027-09-13.", 'يوم <bdi dir="ltr">2027-09-13</bdi>.'),
        ("Human Rights Council", "Human Rights Council"),
        ("<b> 3 & 4", "&lt;b&gt; 3 &amp; 4"),
    ],
)
def test_symbols_and_days_are_set_apart_in_arabic(written, said):
    """A symbol keeps the order of its parts; a phrase of words is left as one."""
    assert say(written, "rtl") == said


def test_an_english_item_in_an_arabic_page_has_its_own_direction():
    """And a note in Arabic says that it is not translated."""
    html = html_of("every-kind", "ar")
    assert '<li lang="en" dir="ltr"><p lang="ar" dir="rtl">' in html
    assert section("quiz", "ar")["not-translated"] in html
