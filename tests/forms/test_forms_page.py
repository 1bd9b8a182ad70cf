"""The form on a page: what is drawn, where an entry goes, what the buttons answer."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from itertools import count

import pytest

import course
from course.content.models import Form
from course.errors import CourseError, SubmissionError
from course.facts import all_rules
from course.forms.page import actions_of
from course.forms.payload import form_payload
from course.quizzes import Page
from course.texts import LANGUAGES
from course.work import open_work


@pytest.fixture
def payload(assignment):
    """The payload of a91 as its page is drawn."""
    return form_payload("a91", assignment.form, graded=True)


def item(payload, name) -> dict:
    """One item of a payload."""
    return next(item for item in payload["items"] if item["id"] == name)


seconds = count()


def entry(response) -> dict:
    """An entry as the page sends it, each at its own time."""
    return {
        "response": response,
        "score": None,
        "attempt": 1,
        "at": f"2026-11-23T10:00:{next(seconds) % 60:02}.000Z",
        "revision": None,
        "lang": "en",
    }


def send(page, message) -> dict:
    """What the page in the browser is answered."""
    answered = []
    page.receive(message, answered.append)
    assert len(answered) == 1
    return answered[0]


def confirm(page, name, response) -> dict:
    """Send one entry of the page."""
    return send(page, {"type": "response", "id": name, "entry": entry(response)})


# What is drawn ------------------------------------------------------------------------------


def test_a_form_is_drawn_with_every_field_and_no_key(payload, assignment):
    """Labels stand as stems; a form has nothing that says what is right."""
    assert [item["id"] for item in payload["items"]] == [field.id for field in assignment.form.fields]
    assert item(payload, "body")["stem"] == "1. Which body?"
    for drawn in payload["items"]:
        assert {"key", "otherwise", "tolerance"}.isdisjoint(drawn)
        for choice in drawn["choices"]:
            assert set(choice) == {"id", "text", "note"}


def test_a_payload_is_plain_json(payload):
    """It goes through JSON unchanged, since that is how it reaches the page."""
    assert json.loads(json.dumps(payload)) == payload


def test_steps_to_order_are_never_drawn_in_the_order_of_the_file(assignment):
    """The file of a form holds the steps in the order in which their author thinks."""
    for graded in (True, False):
        drawn = item(form_payload("a91", assignment.form, graded=graded), "steps")["choices"]
        names = [choice["id"] for choice in drawn]
        assert sorted(names) == sorted(assignment.form.fields[3].choices)
        assert names != list(assignment.form.fields[3].choices)


def test_choices_are_shuffled_where_they_are_marked_and_only_there(assignment):
    """In a form of a module the choices stand as they were written."""
    written = list(assignment.form.fields[1].choices)
    plain = item(form_payload("a91", assignment.form), "body")["choices"]
    graded = item(form_payload("a91", assignment.form, graded=True), "body")["choices"]
    assert [choice["id"] for choice in plain] == written
    assert [choice["id"] for choice in graded] != written


def test_only_a_form_to_hand_in_has_buttons(assignment):
    """A form of a module, and one that may only be read, can be neither checked nor handed in."""
    names = [action["name"] for action in form_payload("a91", assignment.form, graded=True)["actions"]]
    assert names == ["check", "submit"]
    assert form_payload("00-start/x", assignment.form)["actions"] == []
    assert form_payload("a91", assignment.form, graded=True, readonly=True)["actions"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_is_drawn_in_every_language_of_the_page(assignment, language):
    """The frame has the page's language; the form's own text says that it is English."""
    drawn = form_payload("a91", assignment.form, language, graded=True)
    assert (drawn["lang"], drawn["dir"]) == (language, "rtl" if language == "ar" else "ltr")
    assert {(item["lang"], item["dir"]) for item in drawn["items"]} == {("en", "ltr")}
    assert all(action["label"] for action in drawn["actions"])


def test_a_deadline_is_worked_out_from_verified_rules_only(payload):
    """CEDAW's four weeks are verified; the course confirms no number of days for the others."""
    rules = {row.body: row for row in all_rules() if row.rule == "deadline" and row.stage == "session"}
    assert (rules["CEDAW"].value, rules["CEDAW"].confidence) == ("4", "verified")
    assert rules["CRC"].unit != "weeks-before-session"
    assert item(payload, "last_day")["days"] == {"cedaw": 28, "hrcttee": None, "crc": None, "nobody": None}


def test_a_recalled_rule_gives_no_last_day(assignment):
    """A deadline that was not found in a source must not be counted on."""
    recalled = next(
        row
        for row in all_rules()
        if row.rule == "deadline" and row.confidence == "recalled" and row.unit == "weeks-before-session"
    )
    fields = [field.model_dump(exclude_none=True) for field in assignment.form.fields]
    for field in fields:
        if field["id"] == "body":
            field["choices"] = {recalled.body.lower(): {"text": "A body"}, "cedaw": {"text": "CEDAW"}}
        if field["id"] == "last_day":
            field["stage"] = recalled.stage
    form = Form.model_validate({"id": "a91", "title": "x", "fields": fields})
    assert item(form_payload("a91", form), "last_day")["days"][recalled.body.lower()] is None


def test_a_paragraph_has_its_template(payload):
    """The page fills it in while the learner writes."""
    assert item(payload, "opening")["template"] == "We write to {body}."


# An assignment's form -----------------------------------------------------------------------


def test_beside_its_assignment_a_form_saves_into_the_answers(folder):
    """An entry that the page sends stands in answers.json when the page is answered."""
    page = course.form("a91")
    saved = confirm(page, "body", "crc")
    document = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
    assert (saved["type"], saved["at"]) == ("saved", document["saved_at"]["body"])
    assert document["answers"] == {"body": "crc"}


def test_looking_at_a_form_makes_no_file(folder):
    """Opening the page and drawing it leaves the folder as it was."""
    before = sorted(path.name for path in folder.iterdir())
    course.form("a91")._repr_mimebundle_()
    assert sorted(path.name for path in folder.iterdir()) == before


def test_a_form_that_is_opened_again_shows_what_was_saved(folder):
    """After a restart every saved answer is drawn, with the moment it was saved."""
    saved = confirm(course.form("a91"), "plan", "First this.")
    again = course.form("a91")
    assert again.responses["plan"]["response"] == "First this."
    assert again.responses["plan"]["at"] == saved["at"]


def test_an_answer_that_does_not_fit_is_not_confirmed(folder):
    """The page says why; nothing is written."""
    answered = confirm(course.form("a91"), "body", "cat")
    assert answered["type"] == "not-saved"
    assert "no choice of this question" in answered["text"]
    assert not (folder / "answers.json").exists()


def test_an_old_answer_that_no_longer_fits_does_not_close_the_form(write):
    """What cannot be drawn is passed over; the rest is there."""
    write({"body": "gone", "words": 3})
    assert set(course.form("a91").responses) == {"words"}


def test_damaged_answers_are_said_in_place_of_the_form(folder):
    """The learner reads one sentence on the page, never a traceback."""
    (folder / "answers.json").write_text("{", encoding="utf-8")
    shown = course.form("a91")
    assert not isinstance(shown, Page)
    assert repr(shown).startswith("answers.json: this is not the JSON")
    assert 'class="course-notice"' in shown._repr_html_()


def test_what_was_handed_in_is_not_asked_again(folder, write, full):
    """In an instructor's folder the form gives place to the answers: no field, no script, no saving."""
    write(full)
    (folder / "timestamp.txt").write_text("2026-11-23 10:00:00 UTC", encoding="utf-8")
    shown = course.form("a91")
    assert repr(shown) == "This form has been handed in. Your answers stand below, one by one."
    assert "<script" not in shown._repr_html_()


def test_an_author_cannot_save_answers_into_the_source(folder):
    """Beside a rubric the form is there to be looked at: answers in the source would be graded for all."""
    (folder / "rubric.yml").write_text("assignment: a91\n", encoding="utf-8")
    page = course.form("a91")
    assert page.payload["readonly"]
    page.receive({"type": "response", "id": "body", "entry": entry("crc")}, pytest.fail)
    assert not (folder / "answers.json").exists()


def test_a_form_that_does_not_exist_is_the_authors_fault(folder):
    """A slip in a lesson stops its page, so that the tests of the lessons find it."""
    with pytest.raises(CourseError, match="there is no form 'a92' here"):
        course.form("a92")


# The buttons ----------------------------------------------------------------------------------


def test_the_check_says_what_is_missing(folder, write, full, assignment):
    """First the verdict, then one line for each thing."""
    write({name: value for name, value in full.items() if name != "words"})
    answered = send(course.form("a91"), {"type": "action", "name": "check"})
    assert [message["level"] for message in answered["messages"]] == ["warning", "warning"]
    assert answered["messages"][1]["text"] == "“5. How many words?” is still empty."
    assert "download" not in answered


def test_the_check_says_when_all_is_there(folder, write, full):
    """One line, and it is a good one."""
    write(full)
    answered = send(course.form("a91"), {"type": "action", "name": "check"})
    assert [message["level"] for message in answered["messages"]] == ["ok"]


def test_the_check_is_possible_before_anything_is_written(folder):
    """On an empty form the check lists all, and makes no file."""
    answered = send(course.form("a91"), {"type": "action", "name": "check"})
    assert len(answered["messages"]) == 8
    assert not (folder / "answers.json").exists()


def test_handing_in_gives_the_file_as_a_download(folder, write, full):
    """The bytes are the zip that `course submit` writes; the learner reads what is in it."""
    write(full)
    answered = send(course.form("a91"), {"type": "action", "name": "submit"})
    assert answered["download"]["name"] == "a91-ori-01.zip"
    with zipfile.ZipFile(io.BytesIO(base64.b64decode(answered["download"]["base64"]))) as archive:
        assert json.loads(archive.read("answers.json"))["answers"] == full
    assert [message["level"] for message in answered["messages"]] == ["ok", "ok"]
    assert "ori-01" in answered["messages"][1]["text"]


def test_handing_in_half_of_it_gives_the_file_and_says_what_is_missing(folder, write):
    """Nobody is kept from handing in, and nobody hands in half without reading so."""
    write({"student_id": "ori-01"})
    answered = send(course.form("a91"), {"type": "action", "name": "submit"})
    assert "download" in answered
    assert [message["level"] for message in answered["messages"]] == ["ok", "ok"] + ["warning"] * 7


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_course_number_no_file_is_given(folder, write, assignment, language):
    """The button answers in the language of the page and gives nothing to download."""
    write({"words": 3})
    answered = actions_of(folder, assignment, language)("submit")
    assert [message["level"] for message in answered["messages"]] == ["error"]
    assert "download" not in answered


def test_a_damaged_page_is_said_by_the_button(folder, write, full):
    """Whatever is wrong when handing in is a message, not a page that stops."""
    write(full)
    (folder / "a91.ipynb").write_text("{", encoding="utf-8")
    (message,) = send(course.form("a91"), {"type": "action", "name": "submit"})["messages"]
    assert message["level"] == "error"
    assert "your answers stay" in message["text"]


# A module's form --------------------------------------------------------------------------------


@pytest.fixture
def module_form(tmp_path, monkeypatch):
    """A course with one form in one module, its page open, and the learner's work beside."""
    module = tmp_path / "modules" / "00-start"
    module.mkdir(parents=True)
    (tmp_path / "_toc.yml").write_text("root: index\n", encoding="utf-8")
    (module / "forms.yml").write_text(
        "forms:\n"
        "  - id: first\n"
        "    title: First\n"
        "    fields:\n"
        "      - {id: problem, kind: long-text, label: The problem, max_words: 5}\n"
        "      - {id: year, kind: numeric, label: Since when}\n",
        encoding="utf-8",
    )
    monkeypatch.chdir(module)
    monkeypatch.setenv("COURSE_WORK", str(tmp_path / "my-work.db"))
    return "00-start/first"


def test_a_modules_form_saves_into_my_work(module_form):
    """What a learner writes in a lesson stands in my work, and is drawn again."""
    assert confirm(course.form(module_form), "problem", "Two wells.")["type"] == "saved"
    assert open_work().fields(module_form)["problem"]["response"] == "Two wells."
    assert course.form(module_form).responses["problem"]["response"] == "Two wells."


def test_a_modules_field_that_was_cleared_is_drawn_empty(module_form):
    """A cleared field does not come back."""
    page = course.form(module_form)
    confirm(page, "year", 2020)
    confirm(page, "year", None)
    assert course.form(module_form).responses == {}


def test_a_modules_form_refuses_what_does_not_fit(module_form):
    """The same checks as for what is handed in; nothing is written."""
    assert confirm(course.form(module_form), "year", "long ago")["type"] == "not-saved"
    assert confirm(course.form(module_form), "problem", "word " * 16)["type"] == "not-saved"
    assert not open_work().path.exists()


def test_a_modules_form_whose_work_cannot_be_read_says_so(module_form):
    """A damaged work is one sentence on the page."""
    open_work().path.write_text("no work " * 100, encoding="utf-8")
    assert "not a file of my work" in repr(course.form(module_form))


def test_a_modules_form_is_the_same_in_every_process(module_form):
    """What the book shows depends on the form alone, not on who wrote what."""
    before = course.form(module_form)._repr_mimebundle_()["text/html"]
    confirm(course.form(module_form), "problem", "Secret words")
    after = course.form(module_form)._repr_mimebundle_()["text/html"]
    assert before == after
    assert "Secret" not in after


def test_a_field_of_another_form_is_not_taken(module_form):
    """The page answers only for fields that it drew."""
    page = course.form(module_form)
    page.receive({"type": "response", "id": "nothing", "entry": entry("x")}, pytest.fail)
    with pytest.raises(SubmissionError, match="has no such field"):
        page._on_response("nothing", entry("x"))
