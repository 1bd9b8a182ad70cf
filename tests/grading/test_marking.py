"""Marking one answer: the points, the reason that is shown, and no input that breaks it."""

from __future__ import annotations

import ast
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grading.marking import mark

ASSIGNMENT = """\
id: a09
module: 03-treaty-bodies
title: "Seven kinds"
minutes: 5
points: {one: 2, some: 3, steps: 3, pairs: 3, number: 2, day: 2, symbol: 2}
form:
  id: a09
  title: "Six kinds"
  fields:
    - {id: student_id, kind: short-text, label: "Your course number", pattern: "[a-z]{3}-[0-9]{2}"}
    - id: one
      kind: single-choice
      label: "Who?"
      choices: {committee: {text: "The committee"}, council: {text: "The <b>Council</b>"}}
    - id: some
      kind: multiple-choice
      label: "What belongs?"
      choices:
        fact: {text: "A fact"}
        question: {text: "A question"}
        name: {text: "A name"}
        insult: {text: "An insult"}
    - id: steps
      kind: ordering
      label: "In which order?"
      choices:
        report: {text: "Report."}
        list: {text: "List."}
        replies: {text: "Replies."}
        dialogue: {text: "Dialogue."}
    - id: pairs
      kind: matching
      label: "Which treaty?"
      choices: {women: {text: "Women"}, children: {text: "Children"}, torture: {text: "Torture"}}
      targets: {cedaw: {text: "CEDAW"}, crc: {text: "CRC"}, cat: {text: "CAT"}}
    - {id: number, kind: numeric, unit: words, label: "How many?"}
    - {id: day, kind: date, label: "Which day?"}
    - {id: symbol, kind: short-text, label: "Which symbol?"}
    - {id: plan, kind: long-text, label: "Your plan"}
"""

SCHEMES = {
    "one": {
        "points": 2,
        "key": "committee",
        "choices": {"committee": "Experts.", "council": "States & States."},
    },
    "some": {
        "points": 3,
        "key": ["fact", "question"],
        "choices": {"fact": "Checked.", "question": "Asked.", "name": "Danger.", "insult": "Useless."},
    },
    "steps": {
        "points": 3,
        "key": ["report", "list", "replies", "dialogue"],
        "choices": {
            "report": "First.",
            "list": "It answers the report.",
            "replies": "They answer the list.",
            "dialogue": "It needs the replies.",
        },
    },
    "pairs": {
        "points": 3,
        "key": {"women": "cedaw", "children": "crc", "torture": "cat"},
        "choices": {"women": "Think of W.", "children": "Think of C.", "torture": "Think of T."},
    },
    "number": {
        "points": 2,
        "key": "cut",
        "choices": {
            "cut": {"value": 130, "feedback": "Both counted."},
            "single": {"value": 3430, "feedback": "The other limit.", "credit": 0.5},
        },
        "otherwise": "Add, then take away.",
        "tolerance": 1,
    },
    "day": {
        "points": 2,
        "key": "weeks",
        "choices": {
            "weeks": {"value": "2027-05-10", "feedback": "Four sevens."},
            "month": {"value": "2027-05-07", "feedback": "A month is longer.", "credit": 0.5},
        },
        "otherwise": "Count sevens.",
    },
    "symbol": {
        "points": 2,
        "key": "observations",
        "choices": {
            "observations": {"values": ["CRC/C/MAR/CO/3-4"], "feedback": "CO, the end."},
            "list": {"values": ["CRC/C/MAR/Q/3-4"], "feedback": "Q comes before.", "credit": 0.25},
        },
        "otherwise": "Look for the letters.",
    },
}

# field, answer, points given by hand, words of the reason
CASES = [
    ("one", "committee", 2.0, "Experts."),
    ("one", "council", 0.0, "States & States."),
    ("some", ["fact", "question"], 3.0, "Rightly chosen: 2 of 2"),
    ("some", ["question"], 1.5, "Rightly chosen: 1 of 2"),
    ("some", ["fact", "question", "name"], 1.5, "Danger."),
    ("some", ["name"], 0.0, "Danger."),
    ("some", ["fact", "question", "name", "insult"], 0.0, "Useless."),
    ("steps", ["report", "list", "replies", "dialogue"], 3.0, "6 of 6 pairs"),
    ("steps", ["list", "report", "replies", "dialogue"], 2.0, "It answers the report."),
    ("steps", ["dialogue", "replies", "list", "report"], 0.0, "0 of 6 pairs"),
    ("pairs", {"women": "cedaw", "children": "crc", "torture": "cat"}, 3.0, "3 of 3 are right"),
    ("pairs", {"women": "cedaw", "children": "cat", "torture": "crc"}, 1.0, "Think of C."),
    ("pairs", {"women": "cedaw", "children": "crc"}, 2.0, "You chose nothing here."),
    ("pairs", {"women": "crc", "children": "cat", "torture": "cedaw"}, 0.0, "0 of 3 are right"),
    ("number", 130, 2.0, "Both counted."),
    ("number", 131, 2.0, "131 words"),
    ("number", 3430, 1.0, "The other limit."),
    ("number", 7, 0.0, "Add, then take away."),
    ("day", "2027-05-10", 2.0, "Four sevens."),
    ("day", "2027-05-07", 1.0, "A month is longer."),
    ("day", "2027-05-17", 0.0, "Count sevens."),
    ("symbol", "crc/c/mar/co/3–4.", 2.0, "CO, the end."),
    ("symbol", "CRC/C/MAR/Q/3-4", 0.5, "Q comes before."),
    ("symbol", "CRC/C/MAR/3-4", 0.0, "Look for the letters."),
]


@pytest.fixture
def page(tmp_path, monkeypatch):
    """A learner's folder, entered: `page(one="committee")` hands these answers in."""
    (tmp_path / "assignment.yml").write_text(ASSIGNMENT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def hand_in(**answers):
        document = {
            "format": "course-answers",
            "version": 1,
            "assignment": "a09",
            "student_id": "abc-01",
            "answers": {"student_id": "abc-01", **answers},
            "saved_at": dict.fromkeys(["student_id", *answers], "2026-01-01T00:00:00+00:00"),
        }
        (tmp_path / "answers.json").write_text(json.dumps(document), encoding="utf-8")

    hand_in.folder = tmp_path
    return hand_in


def marked(field, capsys, **changes):
    """The points and what was displayed, as its mime types."""
    capsys.readouterr()
    points = mark("a09", field, remember="Remember me.", **(SCHEMES[field] | changes))
    shown = capsys.readouterr()
    assert shown.err == ""
    return points, ast.literal_eval(shown.out)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}-{case[2]:g}")
def test_each_kind_earns_its_points_and_shows_why(page, capsys, case):
    """Right, partly right and wrong answers earn the points a person gave them, with a reason."""
    field, answer, points, words = case
    page(**{field: answer})
    earned, shown = marked(field, capsys)
    assert earned == points
    assert isinstance(earned, float)
    assert words in shown["text/plain"]


@pytest.mark.parametrize("field", SCHEMES)
def test_no_answer_is_no_points_and_says_so(page, capsys, field):
    """A question that was left out earns 0, not the full points of a silent cell."""
    page()
    earned, shown = marked(field, capsys)
    assert earned == 0.0
    assert "There is no answer to this question" in shown["text/plain"]


def test_every_reason_ends_in_the_rule_to_remember(page, capsys):
    """What to take along is shown for right, wrong and missing answers alike."""
    for answers in ({"one": "committee"}, {"one": "council"}, {}):
        page(**answers)
        assert marked("one", capsys)[1]["text/plain"].endswith("Remember: Remember me.")


def test_a_wrong_match_does_not_print_the_right_one(page, capsys):
    """The reason teaches the rule; the key itself is for the next cohort to find too."""
    page(pairs={"women": "crc", "children": "cat", "torture": "crc"})
    shown = marked("pairs", capsys)[1]["text/plain"]
    assert "CEDAW" not in shown


def test_the_reason_is_escaped(page, capsys):
    """Texts of choices are text: none becomes markup in the page of feedback."""
    page(one="council")
    html = marked("one", capsys)[1]["text/html"]
    assert "The &lt;b&gt;Council&lt;/b&gt;<br>States &amp; States." in html


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("fr", "ltr"), ("ar", "rtl")])
def test_the_reason_has_its_language_and_direction(page, capsys, language, direction):
    """The same call gives the reason in the language of the page."""
    page(one="committee")
    html = marked("one", capsys, language=language)[1]["text/html"]
    assert f'lang="{language}" dir="{direction}"' in html


def test_without_answers_file_nothing_is_earned(page, capsys):
    """A folder without answers.json earns 0 with a plain reason, and nothing on stderr."""
    earned, shown = marked("one", capsys)
    assert earned == 0.0
    assert "Your answers could not be read" in shown["text/plain"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not JSON",
        b"[]",
        b"null",
        b"3",
        b'{"answers": []}',
        b'{"answers": {"one": "committee"}}',
        b"\xff",
    ],
    ids=["empty", "no JSON", "a list", "null", "a number", "answers a list", "no format", "no UTF-8"],
)
def test_a_broken_answers_file_earns_nothing(page, capsys, content):
    """Whatever stands in answers.json, a wrong shape is 0 points and a sentence."""
    (page.folder / "answers.json").write_bytes(content)
    earned, shown = marked("one", capsys)
    assert earned == 0.0
    assert "Your answers could not be read" in shown["text/plain"]


@pytest.mark.parametrize(
    ("field", "answer"),
    [
        ("one", ["committee"]),
        ("one", {"committee": True}),
        ("one", "no-such-choice"),
        ("some", "fact"),
        ("some", [["fact"]]),
        ("some", ["fact", "no-such-choice"]),
        ("steps", ["report", "report", "report", "report"]),
        ("steps", [1, 2, 3, 4]),
        ("pairs", ["cedaw", "crc", "cat"]),
        ("pairs", {"women": ["cedaw"]}),
        ("number", "130"),
        ("number", True),
        ("number", [130]),
        ("day", 20270510),
        ("day", "10 May 2027"),
        ("day", "2027-13-45"),
        ("symbol", ["CRC/C/MAR/CO/3-4"]),
        ("symbol", 34),
    ],
)
def test_an_answer_of_the_wrong_shape_earns_nothing(page, capsys, field, answer):
    """An edited file cannot earn points by a value that the form could never have saved."""
    page(**{field: answer})
    assert marked(field, capsys)[0] == 0.0


@pytest.mark.parametrize(
    ("field", "fault"),
    [
        ("one", {"key": "no-such-choice"}),
        ("one", {"choices": {"committee": "Experts."}}),
        ("some", {"key": []}),
        ("some", {"key": ["fact", "no-such-choice"]}),
        ("steps", {"key": ["report", "list", "replies"]}),
        ("pairs", {"key": {"women": "cedaw", "children": "crc"}}),
        ("pairs", {"key": {"women": "cedaw", "children": "crc", "torture": "no-such-target"}}),
        ("number", {"key": "no-such-value"}),
        ("symbol", {"key": "no-such-value"}),
    ],
)
@pytest.mark.parametrize("answered", [True, False])
def test_a_fault_in_the_scheme_is_told_whatever_the_answer(page, field, fault, answered):
    """Our own mistake must not cost a learner points in silence: the question is then not graded."""
    page(**({field: next(case[1] for case in CASES if case[0] == field)} if answered else {}))
    with pytest.raises(ValueError, match="are not those of the form"):
        mark("a09", field, remember="Remember me.", **(SCHEMES[field] | fault))


def test_a_text_is_not_marked_by_itself(page):
    """A free text is for a person to mark; a scheme for it is a mistake."""
    page()
    with pytest.raises(ValueError, match="is not marked by itself"):
        mark("a09", "plan", points=1, remember="", key="abc-01", choices={})


def test_the_answers_of_another_assignment_are_not_marked(page):
    """A scheme is used on its own assignment only."""
    page(one="committee")
    with pytest.raises(ValueError, match="no a08 with one"):
        mark("a08", "one", remember="Remember me.", **SCHEMES["one"])


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["committee", "fact", "report", "women", "cedaw", "2027-05-10"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["women", "children", "torture", "other"]), inner, max_size=4)
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(field=st.sampled_from(list(SCHEMES)), answer=JSON)
def test_any_json_earns_a_float_within_the_points(page, capsys, field, answer):
    """Property: no JSON value raises, writes on stderr, or leaves 0 to the points of the question."""
    page(**{field: answer})
    earned, _ = marked(field, capsys)
    assert isinstance(earned, float)
    assert 0.0 <= earned <= SCHEMES[field]["points"]
