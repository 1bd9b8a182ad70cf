"""Papers of drills: same seed, same paper; what a page ships, and what is refused."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

import course
from course.content.models import Drill
from course.errors import CourseError
from course.files import PACKAGE_ROOT
from course.quizzes import drill_payload, page_texts
from course.quizzes.drills import drill_intro, drill_title, make_papers
from course.quizzes.drills.papers import PAPERS
from course.quizzes.drills.seed import learner_seed
from course.quizzes.html import plain_html
from course.texts import LANGUAGES, text
from course.work import open_work

MODULE = "03-treaty-bodies"
DRAWN = ("deadlines", "symbols")
NEW = ("length", "mechanism", "cycle")
AT = "2026-11-23T10:00:00.000Z"


def payload(name, **options):
    """The payload of one of the course's own drills."""
    return drill_payload(MODULE, name, root=PACKAGE_ROOT, **options)


@pytest.mark.parametrize("name", DRAWN)
def test_the_same_seed_gives_the_same_paper(name):
    """Also where it is not the first of the page: a group can be given one paper by its number."""
    five = payload(name, seed=5)
    assert payload(name, seed=5) == five
    third_of_three = payload(name, seed=3)["papers"][2]
    assert third_of_three == five["papers"][0]
    assert [item for item in payload(name, seed=3)["items"] if item["id"] in third_of_three] == five["items"][
        :3
    ]


@pytest.mark.parametrize("name", DRAWN)
def test_without_a_seed_the_page_is_that_of_the_module(name):
    """So that the book is the same from build to build."""
    assert payload(name) == payload(name, seed=1)
    assert payload(name)["items"] != payload(name, seed=2)["items"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", DRAWN)
def test_a_page_ships_papers_to_turn_to(name, language):
    """Each item stands in one paper; the button has its text in the page's language."""
    page = payload(name, lang=language)
    assert [len(paper) for paper in page["papers"]] == [3] * PAPERS
    assert [one for paper in page["papers"] for one in paper] == [item["id"] for item in page["items"]]
    assert page["another"] == text("drill.another", language)
    assert {item["lang"] for item in page["items"]} == {language}


def test_the_drill_of_a_session_begins_with_it_and_goes_on_with_drawn_ones():
    """The first paper is the same for a whole group; a seed alone draws all of them."""
    page = payload("backward")
    assert page["papers"][0][0] == "drill-cedaw-session-deadline"
    assert page["papers"][1][0] == "drill-cedaw-session-1-deadline"
    assert [paper[0] for paper in payload("backward", seed=2)["papers"]] == [
        f"drill-cedaw-session-{seed}-deadline" for seed in range(2, 2 + PAPERS)
    ]


@pytest.mark.parametrize("generator", NEW)
def test_every_generator_can_be_named_in_a_module(generator):
    """Its papers are drawn by seed, and it has a title and an intro in every language."""
    drill = Drill(generator=generator, objective="LO-03.2")
    papers = make_papers(drill, "en", 3)
    assert [item.id for item in papers[0]] == [f"drill-{generator}-3-{n}" for n in (1, 2, 3)]
    assert make_papers(drill, "en", 4)[0] == papers[1]
    assert all(drill_title(drill, language) and drill_intro(drill, language) for language in LANGUAGES)


def test_a_learner_keeps_one_seed(monkeypatch, tmp_path):
    """Drawn live, kept with the first answer and never before; the static page stays with seed 1."""
    monkeypatch.chdir(PACKAGE_ROOT)
    monkeypatch.setenv("COURSE_WORK", str(tmp_path / "my-work.db"))
    page = course.drill(MODULE, "symbols")
    assert list(tmp_path.iterdir()) == []
    assert page.payload["papers"] == payload("symbols", seed=1)["papers"]
    item = page.live["items"][0]
    entry = {"response": {}, "score": 0.0, "attempt": 1, "at": AT, "revision": item["revision"], "lang": "en"}
    page.receive({"type": "response", "id": item["id"], "entry": entry}, [].append)
    kept = learner_seed()
    assert item["id"] == f"drill-symbol-{kept}-1"
    assert [course.drill(MODULE, "symbols").live["papers"] for _ in range(3)] == [page.live["papers"]] * 3
    assert payload("deadlines", seed=kept)["items"] == course.drill(MODULE, "deadlines").live["items"]


def test_learners_have_different_seeds(monkeypatch, tmp_path):
    """Of 20 who have kept nothing yet, most have a seed of their own."""
    monkeypatch.setenv("COURSE_WORK", str(tmp_path / "my-work.db"))
    assert len({learner_seed() for _ in range(20)}) > 15


@pytest.mark.parametrize("seed", [0, -3, 1.5, "7", True])
def test_a_seed_is_a_whole_number(seed):
    """Anything else is named and refused."""
    with pytest.raises(CourseError, match="whole number from 1"):
        make_papers(Drill(generator="symbol", objective="LO-03.2"), "en", seed)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"generator": "backward", "body": "CEDAW"}, "needs body and stage"),
        ({"generator": "deadline", "body": "CEDAW"}, "takes no body"),
        ({"generator": "symbol", "seed": 0}, "greater than or equal to 1"),
    ],
)
def test_a_drill_that_does_not_fit_its_generator_is_refused(fields, said):
    """A field that nothing reads would be believed by its author."""
    with pytest.raises(ValidationError, match=said):
        Drill(objective="LO-03.3", **fields)


@pytest.mark.parametrize("name", DRAWN)
def test_an_answer_to_any_paper_is_kept(name, monkeypatch, tmp_path):
    """Also one that the reader has turned to; another revision is refused."""
    monkeypatch.chdir(PACKAGE_ROOT)
    monkeypatch.setenv("COURSE_WORK", str(tmp_path / "my-work.db"))
    page = course.drill(MODULE, name, seed=7)
    item = page.payload["items"][-1]
    key = item["key"]
    value = next(choice["value"] for choice in item["choices"] if choice["id"] == key)
    entry = {
        "response": value,
        "score": 0.0,
        "attempt": 1,
        "at": AT,
        "revision": item["revision"],
        "lang": "en",
    }
    answers = []
    page.receive({"type": "response", "id": item["id"], "entry": {**entry, "revision": 1}}, answers.append)
    page.receive(
        {"type": "response", "id": item["id"], "entry": {**entry, "at": "2026-11-23T10:00:01Z"}},
        answers.append,
    )
    assert [answer["type"] for answer in answers] == ["not-saved", "saved"]
    (record,) = open_work().responses()
    assert (record.quiz, record.item, record.score) == (f"{MODULE}/drill-{name}", item["id"], 1.0)


def test_the_page_without_scripts_holds_every_paper():
    """Whoever prints it has all the questions, each with its answer folded away."""
    page = payload("symbols")
    plain = plain_html({**page, "ui": page_texts("quiz", "en")})
    assert plain.count("<details>") == len(page["items"]) == 3 * PAPERS
