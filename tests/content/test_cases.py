"""The cases: invented, short, set in a region that exists, for an objective that a module has."""

from __future__ import annotations

from textwrap import dedent, indent

import pytest

from course.content.cases import check_cases, find_case, load_cases, read_cases
from course.errors import CourseError

WORDS = "A group of people in a town waits for an answer. " * 8


def case_file(folder, **changed) -> None:
    """One case that is right but for what is changed."""
    entry = {
        "id": "road-floods",
        "region": "MA-08",
        "theme": "education",
        "title": "A road that floods",
        "text": WORDS,
        "question": "What can be sent now?",
        "answer": "A short text with a few questions. " * 7,
        "objectives": "[LO-03.2]",
    } | changed
    lines = "\n".join(f"{key}: {value}" for key, value in entry.items())
    written = indent(lines, "    ").replace("    id", "  - id", 1)
    (folder / "03.yml").write_text(f"cases:\n{written}\n", encoding="utf-8")


def test_the_cases_of_the_course_are_read():
    """Each stands under its own id."""
    assert all(name == case.id for name, case in load_cases().items())
    assert find_case("bodies-night-classes").region == "MA-03"


def test_an_unknown_case_is_refused_in_words():
    """The page says where the cases stand."""
    with pytest.raises(CourseError, match=r"no case 'no-such'.*course/data/cases"):
        find_case("no-such")


def test_a_right_case_has_no_problem(tmp_path):
    """What the faults below are faults of."""
    case_file(tmp_path)

    assert check_cases({"LO-03.2"}, tmp_path) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"region": "MA-13"}, "no region MA-13"),
        ({"text": "Too short."}, "2 words"),
        ({"answer": "No."}, "1 words"),
        ({"objectives": "[LO-99.1]"}, "LO-99.1"),
        ({"person": "somebody"}, "person"),
    ],
    ids=["unknown region", "short text", "short answer", "unknown objective", "unknown field"],
)
def test_a_faulty_case_is_named_with_what_is_wrong(tmp_path, changed, said):
    """One problem, which names the case."""
    case_file(tmp_path, **changed)

    [problem] = check_cases({"LO-03.2"}, tmp_path)

    assert problem.item == "road-floods"
    assert said in problem.problem


def test_an_id_in_two_files_is_a_problem(tmp_path):
    """Pages ask for a case by its id."""
    case_file(tmp_path)
    (tmp_path / "04.yml").write_text((tmp_path / "03.yml").read_text(), encoding="utf-8")

    [problem] = read_cases(tmp_path)[1]

    assert "stands twice" in problem.problem


def test_a_file_without_cases_is_a_problem(tmp_path):
    """A slip in the first word would leave out all of them."""
    (tmp_path / "03.yml").write_text(dedent("case:\n  - id: one\n"), encoding="utf-8")

    [problem] = read_cases(tmp_path)[1]

    assert "`cases`" in problem.problem


def test_a_file_that_cannot_be_read_hides_no_fault_of_the_others(tmp_path):
    """A slip of the keyboard in one, a wrong region in the next: both are told."""
    case_file(tmp_path, region="MA-13")
    (tmp_path / "02.yml").write_text("cases: [one: two: three]\n", encoding="utf-8")

    assert len(read_cases(tmp_path)[1]) == 2
