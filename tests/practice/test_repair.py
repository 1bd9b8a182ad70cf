"""Recommendation repair: the bank keeps what it promises, and what is written is kept."""

from __future__ import annotations

import json

import pytest

import course
from course.errors import ContentError, CourseError
from course.facts import cite_article
from course.files import DATA
from course.practice import repair as room
from course.practice.repair import load_repairs, repair_payload
from course.quizzes import page_texts
from course.quizzes.html import plain_html
from course.recommendations import examine
from course.texts import LANGUAGES
from course.work import open_work

REPAIRS = load_repairs()
AT = "2026-11-23T10:00:00.000Z"


@pytest.fixture
def work(monkeypatch, tmp_path):
    """My work in a folder of its own."""
    monkeypatch.setenv("COURSE_WORK", str(tmp_path / "my-work.db"))
    return tmp_path


def entry_for(response):
    """An entry as the browser sends it."""
    return {"response": response, "score": None, "attempt": 1, "at": AT, "revision": 1, "lang": "en"}


def test_the_bank_is_large_and_in_three_languages():
    """Forty at least, six in French and six in Arabic, in every region, for seven bodies or more."""
    languages = [one.lang for one in REPAIRS.values()]
    assert len(REPAIRS) >= 40
    assert languages.count("fr") >= 6
    assert languages.count("ar") >= 6
    assert len({one.region for one in REPAIRS.values()}) == 12
    assert len({one.body for one in REPAIRS.values()}) >= 7
    assert {"session", "loipr", "follow-up", "upr-individual"} <= {one.stage for one in REPAIRS.values()}


@pytest.mark.parametrize("name", REPAIRS)
def test_the_examiner_finds_each_weakness(name):
    """Each criterion that the bank calls wrong is missing or to be looked at."""
    one = REPAIRS[name]
    assert set(one.wrong) <= set(examine(one.weak, one.lang, one.body, one.stage).open)


@pytest.mark.parametrize("name", REPAIRS)
def test_both_models_pass(name):
    """Nothing is missing in them, and nothing is left to be looked at."""
    one = REPAIRS[name]
    assert len(set(one.models)) == 2
    for model in one.models:
        found = examine(model, one.lang, one.body, one.stage)
        assert found.open == (), (model, found.open)


def test_every_article_exists():
    """Each article that a learner may rest on is one of its treaty."""
    for one in REPAIRS.values():
        for article in one.articles:
            code, _, number = article.partition(", art. ")
            assert cite_article(code, int(number.split()[0])).checked, (one.id, article)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_made_in_every_language(lang):
    """The interface in the page's language, each text in its own; programs only for these languages."""
    payload = repair_payload(list(REPAIRS.values()), lang)
    assert {item["lang"] for item in payload["items"]} == set(payload["programs"]) == set(LANGUAGES)
    assert not [item for item in payload["items"] for one in item["wrong"] if "{" in one["seen"]]
    assert json.loads(json.dumps(payload)) == payload


def test_without_scripts_the_page_can_be_read_and_written_on_paper():
    """The weak text, lines, and folded away what is wrong and both models."""
    payload = repair_payload([REPAIRS["school-bus"]], "en")
    plain = plain_html({**payload, "ui": page_texts("repair", "en")})
    assert REPAIRS["school-bus"].weak in plain
    assert plain.count("<details>") == 1
    folded = plain.partition("<details>")[2]
    assert all(model in folded for model in REPAIRS["school-bus"].models)
    assert 'class="cq-blank"' in plain


def test_what_is_written_is_kept_without_a_mark(work):
    """As a response without a score: it comes back on every page of repairs."""
    page = course.repair("school-bus")
    assert list(work.iterdir()) == []
    answers = []
    written = {"text": "The State party should pay a bus.", "examined": 1}
    page.receive({"type": "response", "id": "school-bus", "entry": entry_for(written)}, answers.append)
    assert [answer["type"] for answer in answers] == ["saved"]
    (record,) = open_work().responses()
    assert (record.quiz, record.item, record.response, record.score) == (
        "repair",
        "school-bus",
        written,
        None,
    )
    assert course.repair().responses["school-bus"]["response"] == written


@pytest.mark.parametrize(
    "response", [None, "text", {"text": 1, "examined": 1}, {"text": "a" * 5001, "examined": 1}]
)
def test_what_is_no_recommendation_is_not_kept(work, response):
    """It is told to the learner, and nothing is written."""
    answers = []
    course.repair("school-bus").receive(
        {"type": "response", "id": "school-bus", "entry": entry_for(response)}, answers.append
    )
    assert [answer["type"] for answer in answers] == ["not-saved"]
    assert list(work.iterdir()) == []


def test_a_name_that_does_not_exist_is_said_with_those_that_do():
    """One sentence for whoever writes a lesson."""
    with pytest.raises(CourseError, match=r"no repair 'bus'.*school-bus"):
        course.repair("bus")


def test_faults_of_the_bank_are_told_with_their_line(tmp_path, monkeypatch):
    """An unknown criterion and an id that stands twice, both at once."""
    text = (DATA / "practice" / "repairs.yml").read_text(encoding="utf-8")
    broken = text.replace("wrong: [form, basis]", "wrong: [forma, basis]", 1)
    broken = broken.replace("- id: child-marriage", "- id: school-bus", 1)
    path = tmp_path / "repairs.yml"
    path.write_text(broken, encoding="utf-8")
    monkeypatch.setattr(room, "BANK", path)
    with pytest.raises(ContentError) as error:
        load_repairs.__wrapped__()
    assert "school-violence" in str(error.value)
    assert "'forma' is no criterion" in str(error.value)
    assert "this id stands twice" in str(error.value)
