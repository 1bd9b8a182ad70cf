"""What a browser kept comes into my work, and goes back to a browser."""

from __future__ import annotations

import json
from datetime import date

import pytest

from course.errors import WorkError
from course.work.database import written
from course.work.records import Response
from course.work.transfer import insert

QUIZ = "03-treaty-bodies/check-01"
FORM = "00-start/first-success"


@pytest.fixture
def file() -> dict:
    """A file as the static page exports it."""
    return {
        "format": "course-browser-answers",
        "version": 1,
        "exported": "2026-11-23T12:00:00.000Z",
        "quizzes": {
            QUIZ: {
                "tb-01": {
                    "response": ["b", "a"],
                    "score": 0.5,
                    "attempt": 3,
                    "at": "2026-11-23T10:00:00.123Z",
                    "revision": 2,
                    "lang": "ar",
                }
            }
        },
        "forms": {
            FORM: {
                "problem": {
                    "response": "بئران",
                    "score": None,
                    "attempt": 1,
                    "at": "2026-11-23T10:01:00.000Z",
                    "revision": None,
                    "lang": "en",
                }
            }
        },
    }


def test_a_browsers_answers_stand_in_my_work(work, file):
    """Quizzes and forms of the file are answered in my work, in the same words and language."""
    assert work.import_browser(file) == 2
    entry = work.latest_responses(QUIZ)["tb-01"]
    assert (entry["response"], entry["score"], entry["revision"], entry["lang"]) == (["b", "a"], 0.5, 2, "ar")
    assert work.fields(FORM)["problem"]["response"] == "بئران"


def test_importing_twice_adds_nothing(work, file):
    """The same file again is no second attempt."""
    assert (work.import_browser(file), work.import_browser(file)) == (2, 0)
    assert work.latest_responses(QUIZ)["tb-01"]["attempt"] == 1


def as_in_a_browser(number: str) -> float:
    """JavaScript knows one kind of number: 14.0 comes back as 14."""
    value = float(number)
    return int(value) if value.is_integer() else value


def test_what_went_to_a_browser_and_came_back_is_known(work, respond):
    """Exported to a browser, through its JSON, and imported again: nothing is doubled."""
    respond(work, "tb-01", response=14.0, score=1)
    respond(work, "tb-02", response=0.1 + 0.2, score=1 / 3)
    work.save_field(form=FORM, field="problem", value="Two wells.")
    travelled = json.loads(json.dumps(work.export_browser()), parse_float=as_in_a_browser)
    assert work.import_browser(travelled) == 0


def test_a_browser_gets_the_last_answers_with_the_earlier_ones_behind_them(work, respond):
    """The file shows the latest answer to a question; earlier ones come along, for the review."""
    first = respond(work, "tb-01", response="a", score=0)
    at = respond(work, "tb-01", response="b", hints=2)
    work.save_field(form=FORM, field="problem", value="Two wells.")
    document = work.export_browser()
    entry = {"score": 0.0, "attempt": 1, "revision": 1, "lang": "en", "hints": 0}
    assert (document["format"], document["version"]) == ("course-browser-answers", 1)
    assert document["quizzes"] == {
        QUIZ: {
            "tb-01": {
                **entry,
                **{"response": "b", "score": 1.0, "attempt": 2, "at": at, "hints": 2},
                "earlier": [{**entry, "response": "a", "at": first}],
            }
        }
    }
    assert document["forms"][FORM]["problem"]["response"] == "Two wells."


def test_earlier_answers_of_a_browser_count_in_the_schedule(work, file):
    """They keep their hints and their days; a second import of the file adds nothing."""
    answers = file["quizzes"][QUIZ]
    answers["tb-bodies-01"] = kept = answers.pop("tb-01") | {"score": 1, "at": "2026-01-05T09:00:00.000Z"}
    days = ("2026-01-01T09:00:00.000Z", "2026-01-02T09:00:00.000Z")
    kept["earlier"] = [{**kept, "at": day, "hints": 1} for day in days]
    assert (work.import_browser(file), work.import_browser(file)) == (4, 0)
    (review,) = work.plan(date(2026, 1, 6)).reviews.values()
    assert (review.step, review.due) == (1, date(2026, 1, 8))
    assert [answer.hints for answer in work.answers()] == [1, 1, 0]


def test_an_answer_of_the_browser_counts_for_its_objective(work, root):
    """The file does not say the objective; the course does, so that progress is shown all the same."""
    from course.content.reading import load_bank

    item, (module, known) = next(iter(load_bank(root).items()))
    entry = {"response": "a", "score": 1, "attempt": 1, "at": "2026-11-23T10:00:00Z", "revision": 1}
    quizzes = {f"{module}/practice": {item: entry}}
    work.import_browser({"format": "course-browser-answers", "version": 1, "quizzes": quizzes})
    assert [record.objective for record in work.responses()] == [known.objective]


def test_one_answer_known_with_and_without_its_objective_is_one_record(work, other):
    """Whichever computer could not name the objective of an answer learns it at the merge."""
    said = {"quiz": QUIZ, "item": "tb-01", "revision": 2, "language": "ar", "response": "a", "score": 0.5}
    at = "2026-11-23T10:00:00Z"
    for path, objective in ((work.path, ""), (other.path, "LO-03.1")):
        with written(path) as connection:
            insert(connection, Response(**said, objective=objective, at=at))
    assert other.merge(work.path) == 0
    assert work.merge(other.path) == 0
    assert [record.objective for record in other.responses()] == ["LO-03.1"]
    assert [record.objective for record in work.responses()] == ["LO-03.1"]


def test_answers_to_an_assignment_go_into_its_file(work, file):
    """A form to hand in is handed in from answers.json, so that is where its entries belong."""
    file["forms"]["a91"] = {"body": {"response": "crc", "at": "2026-11-23T10:00:00.000Z"}}
    work.import_browser(file)
    document = json.loads((work.assignments / "a91" / "answers.json").read_text(encoding="utf-8"))
    assert document["answers"] == {"body": "crc"}
    assert document["saved_at"] == {"body": "2026-11-23T10:00:00.000000Z"}


def without(file, *path):
    """The file with one thing taken out."""
    inner = file
    for part in path[:-1]:
        inner = inner[part]
    del inner[path[-1]]


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda file: without(file, "format"), "not a file of answers of a browser"),
        (lambda file: file.update(format="course-answers"), "not a file of answers of a browser"),
        (lambda file: file.update(version=2), "bring the course up to date"),
        (lambda file: file.update(quizzes=[]), "damaged at quizzes"),
        (lambda file: without(file, "quizzes", QUIZ, "tb-01", "at"), r"damaged at quizzes\..*tb-01\.at"),
        (lambda file: file["quizzes"][QUIZ]["tb-01"].update(at="yesterday"), r"tb-01\.at"),
        (lambda file: file["quizzes"][QUIZ]["tb-01"].update(at="2026-11-23T10:00:00"), "time zone"),
        (lambda file: file["quizzes"][QUIZ]["tb-01"].update(score=2), r"tb-01\.score"),
        (lambda file: file["quizzes"].update({"../x": {}}), "damaged at quizzes"),
        (lambda file: file["forms"][FORM].update({"a b": {"response": "", "at": "x"}}), "damaged at forms"),
    ],
    ids=[
        "no-format",
        "answers-json",
        "newer",
        "quizzes-a-list",
        "no-time",
        "time-in-words",
        "time-without-zone",
        "score-2",
        "quiz-a-path",
        "field-no-id",
    ],
)
def test_a_wrong_file_is_refused_and_nothing_is_written(work, file, spoil, sentence):
    """One sentence says what is wrong; not even the rest of the file is taken in."""
    spoil(file)
    with pytest.raises(WorkError, match=sentence) as refused:
        work.import_browser(file)
    assert "\n" not in str(refused.value)
    assert not work.path.exists()


@pytest.mark.parametrize("document", [None, [], "text", 7])
def test_what_is_no_document_is_refused(work, document):
    """Any JSON that is no mapping is no file of a browser."""
    with pytest.raises(WorkError, match="not a file of answers of a browser"):
        work.import_browser(document)
