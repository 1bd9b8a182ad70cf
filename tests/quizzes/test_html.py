"""The page without JavaScript: readable, safe whatever a text holds, small."""

from __future__ import annotations

import gzip
import json
import re
from html.parser import HTMLParser
from itertools import chain
from pathlib import Path

import pytest

from course.content.reading import load_forms
from course.forms.payload import form_payload
from course.quizzes import quiz_payload
from course.quizzes.assets import ASSETS, EXTRA, PARTS, mode_script, page_script, page_style, widget_script
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
        places = [item, *item.get("gaps", ()), *item.get("parts", ())]
        assert all(choice["feedback"] in read.text for place in places for choice in place["choices"])
    assert read.tags.count("details") == len(payload["items"]) + len(payload["extracts"])
    assert "Monday 13 September 2027" in read.text
    assert section("quiz", "en")["practice-only"] in read.text


def plain_item(name, lang="en"):
    """One item of the sample as it is read without JavaScript: its HTML, and the text that is seen."""
    payload = quiz_payload("01-garden", "every-kind", lang, SAMPLE)
    html = plain_html({**payload, "items": [item for item in payload["items"] if item["id"] == name]})
    return html, Reader(html).text


def test_a_cloze_shows_blanks_and_what_may_stand_in_each():
    """The choices stand beside each blank; their reasons are folded away, the right one first said so."""
    html, text = plain_item("garden-gaps")
    assert "In ______ (winter / spring) we sow ______ (" in text
    assert "<strong>Right answer:</strong> spring. The soil is warm" in html


def test_a_classification_lists_things_and_categories():
    """And says in the answers where each belongs."""
    html, _ = plain_item("garden-sort")
    assert "<li>Fern</li>" in html
    assert "<li>Half shade</li>" in html
    assert "Mint: <strong>Half shade</strong>. Mint burns" in html


def test_a_short_text_has_a_line_to_write_on():
    """And the answer as it is written; what only others write is not called right."""
    html, text = plain_item("garden-word")
    assert html.count("cq-blank") == 1
    assert "<strong>Right answer:</strong> A/GARDEN/12. The sack" in html
    assert "Seeds. That is what is in it" in text


def test_the_paragraphs_of_an_extract_keep_number_and_order():
    """With a box before each, and where they are from."""
    _, text = plain_item("garden-paragraphs")
    places = [text.index(f"☐ {number}.") for number in "3456"]
    assert places == sorted(places)
    assert "From the letter of the neighbours" in text


def test_a_document_hunt_can_be_searched_by_eye():
    """The rows stand in a table with headings, in English on an Arabic page too."""
    html, text = plain_item("garden-hunt", "ar")
    assert '<th scope="col">الرمز</th>' in html
    assert '<tbody lang="en" dir="ltr"><tr><td>CRC/C/MAR/CO/3-4</td>' in html
    assert html.count("cq-blank") == 2
    assert "نوع الوثيقة" in text


def test_a_paragraph_to_build_shows_what_is_given():
    """The given part stands in its slot, not in the pool; a distractor is explained, and not called right."""
    html, _ = plain_item("garden-chain")
    task, answers = html.split("<details>")
    assert "<li>Fact: The beans dried out on 3, 4 and 5 June.</li><li>Finding: ______</li>" in task
    assert task.count("The beans dried out") == 1
    assert "<strong>Request: Please open the tap each morning.</strong>" in answers
    assert "<li>We are angry. A feeling is no fact and no request.</li>" in answers


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
    assert {path.name for path in ASSETS.glob("*.js")} == {*PARTS, *chain.from_iterable(EXTRA.values())}


def test_script_and_style_stay_small():
    """Twelve kinds in 12 KB, the style in 4: a fifth of what a quiz may add is left for its questions."""
    pytest.importorskip("minify", reason="without the tool that shortens it, the script is a fifth longer")
    assert len(gzip.compress(page_script().encode(), 9)) < 12_000
    assert len(gzip.compress(page_style().encode(), 9)) < 4_000


@pytest.mark.parametrize("mode", EXTRA)
def test_only_pages_with_a_mode_carry_what_draws_it(mode):
    """Every other page is spared its bytes; what draws a quiz comes first, and stands there once."""
    whole = page_script(mode)
    assert whole == page_script("quiz") + mode_script(mode)
    assert widget_script(mode).startswith(whole)
    assert mode_script(mode) not in page_script("quiz")


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
