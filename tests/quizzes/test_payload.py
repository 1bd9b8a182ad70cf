"""The payload: what is drawn, in the page's language, in an order that tells nothing."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.content import load_items
from course.content.models import ITEM_KINDS
from course.errors import CourseError
from course.files import PACKAGE_ROOT
from course.quizzes import drill_payload, quiz_payload, shuffle
from course.quizzes.payload import item_payload, page_extracts, page_texts
from course.texts import LANGUAGES, section

SAMPLE = Path(__file__).parent / "sample"


def by_id(payload):
    """The items of a payload by id."""
    return {item["id"]: item for item in payload["items"]}


def test_a_quiz_holds_everything_that_is_drawn():
    """Items, texts and titles are in the payload, and it is plain JSON."""
    payload = quiz_payload("01-garden", "every-kind", "en", SAMPLE)
    assert json.loads(json.dumps(payload)) == payload
    assert payload["id"] == "01-garden/every-kind"
    assert [item["kind"] for item in payload["items"]] == list(ITEM_KINDS)
    assert by_id(payload)["garden-day"]["choices"][0]["value"] == "2027-09-13"
    assert all(choice["feedback"] for item in payload["items"] for choice in item["choices"])


def test_each_later_kind_brings_what_only_it_has():
    """Gaps, answers that may be written, numbered paragraphs in their order, parts to find, given slots."""
    items = by_id(quiz_payload("01-garden", "every-kind", "en", SAMPLE))
    gaps = items["garden-gaps"]
    assert [gap["id"] for gap in gaps["gaps"]] == ["season", "plant", "season-again"]
    assert {choice["text"] for choice in gaps["gaps"][1]["choices"]} == {"beans", "mint", "thyme"}
    assert gaps["key"] == {"season": "spring", "plant": "bean", "season-again": "daily"}
    assert gaps["choices"] == [] == items["garden-hunt"]["choices"]
    assert items["garden-word"]["choices"][0]["values"][0] == "A/GARDEN/12"
    assert [choice["number"] for choice in items["garden-paragraphs"]["choices"]] == ["3", "4", "5", "6"]
    assert items["garden-paragraphs"]["passage"].startswith("From the letter")
    assert [part["id"] for part in items["garden-hunt"]["parts"]] == ["symbol", "kind"]
    assert items["garden-hunt"]["parts"][0]["key"] == "right"
    assert items["garden-chain"]["given"] == ["fact"]


def test_the_rows_of_an_extract_stand_in_the_page_once():
    """Under the name that its item has; a page without a hunt carries none."""
    payload = quiz_payload("01-garden", "every-kind", "ar", SAMPLE)
    hunt = by_id(payload)["garden-hunt"]
    assert list(payload["extracts"]) == [hunt["extract"]]
    assert {row["year"] for row in payload["extracts"][hunt["extract"]]} == {"2014"}
    assert "extracts" not in quiz_payload("01-garden", "check-01", "en", SAMPLE)


def test_two_hunts_in_one_extract_share_its_rows():
    """However many items search it."""
    hunt = load_items("01-garden", SAMPLE)["garden-hunt"]
    again = hunt.model_copy(update={"id": "garden-again"})
    other = hunt.model_copy(update={"only": {"body": ("CED",)}})
    assert len(page_extracts([hunt, again])["extracts"]) == 1
    assert len(page_extracts([hunt, other])["extracts"]) == 2


def test_what_is_shown_as_the_right_answer_is_in_the_pages_language():
    """Every form is accepted on every page; the first one is the one that is shown."""
    for language, shown in (("en", "A/GARDEN/12"), ("ar", "البستان 12")):
        items = by_id(quiz_payload("01-garden", "every-kind", language, SAMPLE))
        values = items["garden-word"]["choices"][0]["values"]
        assert values[0] == shown
        assert sorted(values) == sorted(["A/GARDEN/12", "GARDEN/12", "البستان 12"])


def test_later_kinds_are_translated_whole():
    """Gaps, passage, labels, categories and slots are Arabic on an Arabic page, ids and keys as they were."""
    english = by_id(quiz_payload("01-garden", "every-kind", "en", SAMPLE))
    arabic = by_id(quiz_payload("01-garden", "every-kind", "ar", SAMPLE))
    latin = re.compile("[a-z]{4,}")
    for name in ("garden-gaps", "garden-sort", "garden-paragraphs", "garden-chain"):
        item = {key: value for key, value in arabic[name].items() if key in ("text", "passage", "targets")}
        shown = [
            *arabic[name]["choices"],
            *(c for gap in arabic[name].get("gaps", ()) for c in gap["choices"]),
        ]
        assert arabic[name]["key"] == english[name]["key"]
        assert not latin.search(" ".join(choice["text"] + choice["feedback"] for choice in shown))
        assert not latin.search(re.sub(r"\{[\w-]+\}|'\w+'", "", str(item)))
    assert [part["label"] for part in arabic["garden-hunt"]["parts"]] == ["الرمز", "نوع الوثيقة"]


def test_the_name_of_a_set_gives_title_and_intro():
    """check-01 says that it is about this page; any other name is practice."""
    texts = section("quiz", "fr")
    assert quiz_payload("01-garden", "check-01", "fr", SAMPLE)["title"] == texts["title-check"]
    assert quiz_payload("01-garden", "every-kind", "fr", SAMPLE)["intro"] == texts["intro-practice"]


def test_a_translation_gives_the_text_and_the_original_the_key():
    """In Arabic every text of a translated item is Arabic, its key and ids are those of the original."""
    english = by_id(quiz_payload("01-garden", "every-kind", "en", SAMPLE))
    arabic = by_id(quiz_payload("01-garden", "every-kind", "ar", SAMPLE))
    for name in ("garden-one", "garden-match", "garden-number", "garden-gaps", "garden-hunt"):
        assert (arabic[name]["lang"], arabic[name]["dir"]) == ("ar", "rtl")
        assert arabic[name]["key"] == english[name]["key"]
        assert arabic[name]["stem"] != english[name]["stem"]
        assert [choice["id"] for choice in arabic[name]["choices"]] == [
            choice["id"] for choice in english[name]["choices"]
        ]
    assert arabic["garden-match"]["targets"][0]["text"] == "قلب التربة"
    assert arabic["garden-number"]["unit"] == "لتر"


def test_an_item_without_translation_stays_english_and_says_so():
    """Its language and direction are those of its text, not of the page."""
    day = by_id(quiz_payload("01-garden", "every-kind", "ar", SAMPLE))["garden-day"]
    assert (day["lang"], day["dir"]) == ("en", "ltr")


@given(names=st.lists(st.text("abc-", min_size=1, max_size=5), unique=True, max_size=6))
def test_the_shuffle_depends_on_nothing_but_the_ids(names):
    """The order in the file, which often has the key first, leaves no trace."""
    assert shuffle("an-item", names) == shuffle("an-item", sorted(names))
    assert sorted(shuffle("an-item", names)) == sorted(names)


def test_an_ordering_item_is_never_shown_solved():
    """Where the shuffle happens to give the key, one step moves."""
    item = load_items("01-garden", SAMPLE)["garden-order"]
    solved = item.model_copy(update={"key": tuple(shuffle(item.id, item.choices))})
    shown = [choice["id"] for choice in item_payload(solved, None, "en")["choices"]]
    assert shown != list(solved.key)
    assert sorted(shown) == sorted(solved.key)


def test_the_payload_is_the_same_in_another_process():
    """Built pages must not differ from build to build: hash seeds play no part."""
    code = (
        "import pathlib; from course.quizzes import Page, quiz_payload; "
        f"root = pathlib.Path({str(SAMPLE)!r}); "
        "print(Page(quiz_payload('01-garden', 'every-kind', 'ar', root))._repr_html_())"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
            cwd=PACKAGE_ROOT,
            env={"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8", "PATH": ""},
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert "course-quiz" in runs[0]


@pytest.mark.parametrize(("name", "said"), [("no-such-set", "every-kind"), ("lost", "garden-nobody-wrote")])
def test_a_set_that_cannot_be_drawn_is_named(name, said):
    """The message names the sets that exist, or the item that nobody wrote."""
    with pytest.raises(CourseError, match=said):
        quiz_payload("01-garden", name, "en", SAMPLE)


def test_a_drill_that_does_not_exist_is_named():
    """The message names the drills that exist."""
    with pytest.raises(CourseError, match="vague, women"):
        drill_payload("01-garden", "men", "en", SAMPLE)


def test_a_language_that_the_course_does_not_have_is_refused():
    """Rather than a page without words."""
    with pytest.raises(CourseError, match="'es'"):
        quiz_payload("01-garden", "every-kind", "es", SAMPLE)


@pytest.mark.parametrize("name", ["quiz", "form", "drill"])
@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_every_language_has_the_same_texts_with_the_same_places(name, language):
    """A translator can neither lose a text nor a {place}: both would show on the page.

    Plain numbers written out in words are allowed to differ, so only names of places count.
    """
    english, other = section(name, "en"), section(name, language)
    assert list(english) == list(other)
    places = {key: set(re.findall(r"\{([\w-]+)\}", value)) for key, value in english.items()}
    assert {key: set(re.findall(r"\{([\w-]+)\}", value)) for key, value in other.items()} == places


def test_a_form_says_what_quizzes_and_forms_say():
    """Where both have a text, the form's own wins."""
    texts = page_texts("form", "en")
    assert texts["progress"] == section("form", "en")["progress"]
    assert texts["month-5"] == "May"
