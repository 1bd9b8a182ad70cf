"""Damaged pages of any course: repaired, or told as not graded, and never in the way of the others."""

from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.nbgraderformat import MetadataValidator

from course.texts import LANGUAGES
from grading.feedback import generate_feedback
from grading.findings import DAMAGE, Finding
from grading.intake import find_page, inspect_folder, is_student
from grading.records import Record, load_records
from grading.repair import Skeleton, prepare, read_skeleton
from grading.workspace import open_course
from tests.grading.courses import RIGHT, answered, hand_in, standings
from tests.grading.faults import FAULTS
from tests.grading.handins import run

WRONG_DOUBLE = {"double": "def double(x):\n    return x"}
HONEST = {"anna": {}, "honest-two": WRONG_DOUBLE, "zeno": {}}  # before, between and behind the others
SCORES = {"anna": RIGHT, "honest-two": RIGHT | {"test_double": 0.0}, "zeno": RIGHT}


@pytest.fixture(scope="module")
def course(numbers, tmp_path_factory) -> Path:
    """A course in which every fault was handed in once, between honest pages, and all was graded once."""
    root = shutil.copytree(numbers, tmp_path_factory.mktemp("damage") / "course")
    for student, own in HONEST.items():
        hand_in(root, student, answered(root, **own))
    for name, fault in FAULTS.items():
        fault.put(root, name)
    graded = run("grading", "autograde", "ps1", cwd=root)
    assert graded.returncode == 1, graded.stderr  # nbgrader's status where some were not graded
    assert "Traceback" not in graded.stderr
    return root


@pytest.fixture(scope="module")
def told(course) -> dict[str, dict]:
    """What `grading status` says of each."""
    return standings(course)


@pytest.fixture(scope="module")
def records(course) -> dict[str, Record]:
    """What was kept of each submission."""
    return load_records(course, "ps1")


@pytest.mark.parametrize("student", HONEST)
def test_damage_of_others_changes_no_honest_score(told, student):
    """Honest pages have the points of their work, and nothing is told of them."""
    row = told[student]
    assert (row["points"], row["repairs"], row["flags"]) == (SCORES[student], [], [])


REPAIRED = [name for name, fault in FAULTS.items() if fault.points is not None]
REFUSED = [name for name, fault in FAULTS.items() if fault.points is None]


@pytest.mark.parametrize("name", REPAIRED)
def test_each_fault_is_repaired_and_the_work_keeps_its_points(told, records, name):
    """What was put right is told to the instructor, and what the damage may have cost is to be looked at."""
    fault, row, record = FAULTS[name], told[name], records[name]
    found = record.repairs["p1"]
    assert (row["state"], row["points"]) == ("needs marking", fault.points)
    assert fault.code in {finding.code for finding in found}
    assert row["repairs"] == [finding.for_instructor for finding in found]


@pytest.mark.parametrize("name", REPAIRED)
def test_what_damage_may_have_cost_waits_for_a_person(course, name):
    """The cells in doubt need a person's grade in nbgrader's own gradebook, and no other does."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        grades = gradebook.find_submission_notebook("p1", "ps1", name).grades
        waiting = {grade.name for grade in grades if grade.needs_manual_grade}
    assert waiting == FAULTS[name].doubts | {"why"}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_graded_is_told_and_never_zero(course, told, records, name):
    """No points at all, in the gradebook neither, no graded page, and one sentence why."""
    row, record = told[name], records[name]
    assert (row["state"], row["points"], row["score"]) == ("refused", {}, None)
    assert record.refusal.code == FAULTS[name].code
    assert row["reasons"] == [record.refusal.for_instructor]
    assert not (course / "autograded" / name / "ps1").exists()
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        try:
            grades = gradebook.find_submission_notebook("p1", "ps1", name).grades
        except MissingEntry:
            grades = []
        assert {grade.auto_score for grade in grades} <= {None}


def test_nothing_that_a_link_points_at_is_copied(course):
    """Stock nbgrader copies /etc/passwd into the course through a link named data.csv."""
    here = [path for path in course.rglob("*") if path.is_file() and not path.is_symlink()]
    assert not any(b"root:" in path.read_bytes() for path in here if path.suffix == ".csv")


@pytest.fixture(scope="module")
def returned(course) -> Path:
    """The same course after its feedback, in French."""
    assert generate_feedback(open_course(course), "ps1", language="fr").failed == {}
    return course / "feedback"


@pytest.mark.parametrize("name", FAULTS)
def test_the_learner_reads_one_sentence_of_each_fault(returned, name):
    """In the page that comes back, in its language, whether it was graded or not."""
    (page,) = (returned / name / "ps1").glob("*.html")
    sentence = Finding(FAULTS[name].code).for_learner("fr")
    assert sentence.replace("'", "&#39;") in page.read_text(encoding="utf-8").replace("'", "&#39;")


def test_every_kind_of_damage_has_its_words_in_each_language():
    """Every code has a sentence for learners, and the faults here cause all but two."""
    for code in DAMAGE:
        for language in LANGUAGES:
            assert Finding(code, "x").for_learner(language)
    elsewhere = {"text-not-chosen", "page-too-many"}
    assert {fault.code for fault in FAULTS.values()} == DAMAGE.keys() - elsewhere


# Whatever stands in the file ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def skeleton(course) -> Skeleton:
    """The page as the gradebook knows it."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        return read_skeleton(gradebook, "ps1", "p1", course / "source" / "ps1" / "p1.ipynb")


@pytest.fixture(scope="module")
def sound(course) -> bytes:
    """A right page as a file."""
    return json.dumps(answered(course)).encode()


def mutations() -> st.SearchStrategy:
    """Cuts, bytes that changed, pieces that stand twice: places are shares of the file's length."""
    place = st.floats(0, 1)
    return st.lists(
        st.tuples(st.sampled_from(["cut", "byte", "twice", "drop"]), place, place, st.integers(0, 255)),
        min_size=1,
        max_size=4,
    )


def mutated(content: bytes, steps: list) -> bytes:
    """The bytes after these mutations."""
    for kind, one, other, byte in steps:
        start, end = sorted((int(one * len(content)), int(other * len(content))))
        if kind == "cut":
            content = content[:end]
        elif kind == "byte":
            content = content[:start] + bytes([byte]) + content[start + 1 :]
        elif kind == "twice":
            content = content[:end] + content[start:end] + content[end:]
        else:
            content = content[:start] + content[min(end, start + 200) :]
    return content


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=mutations())
def test_any_damage_ends_in_a_whole_page_or_in_a_refusal(tmp_path, skeleton, sound, steps):
    """Whatever bytes arrive: each of nbgrader's cells once, valid and in order, or a sentence."""
    path = tmp_path / "p1.ipynb"
    path.write_bytes(mutated(sound, steps))
    prepared = prepare(skeleton, path)
    if prepared.notebook is None:
        assert prepared.refusal.for_instructor
        return
    nbformat.validate(prepared.notebook)
    MetadataValidator().validate_nb(prepared.notebook)
    about = [cell.metadata["nbgrader"] for cell in prepared.notebook.cells if "nbgrader" in cell.metadata]
    assert [data["grade_id"] for data in about] == [cell.grade_id for cell in skeleton.cells]
    assert [data.get("points") for data in about] == [cell.points for cell in skeleton.cells]


def test_a_sound_page_is_only_read(tmp_path, skeleton, sound):
    """No repair, no doubt, and what nbformat reads."""
    path = tmp_path / "p1.ipynb"
    path.write_bytes(sound)
    prepared = prepare(skeleton, path)
    assert (prepared.repairs, prepared.doubts) == ((), frozenset())
    assert prepared.notebook == nbformat.read(path, as_version=4)


def test_a_page_made_to_be_slow_is_no_burden(tmp_path, skeleton, sound):
    """Hundreds of thousands of invalid outputs, and long texts that are nearly alike: seconds at most."""
    page = json.loads(sound)
    answer = next(cell for cell in page["cells"] if cell["metadata"].get("nbgrader", {}).get("solution"))
    gifts = {"outputs": [{"output_type": "gift"}] * 200}
    page["cells"] += [answer | gifts | {"id": f"c{n}", "source": "a" * 3_000 + str(n)} for n in range(1_500)]
    path = tmp_path / "p1.ipynb"
    path.write_text(json.dumps(page))
    began = time.process_time()
    prepared = prepare(skeleton, path)
    assert time.process_time() - began < 10
    assert {finding.code for finding in prepared.repairs} == {"structure", "duplicated"}


# Before anything is opened -----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["ori-01", "26-lz2", "a.b@uni.example", "جمعية", "a+b", "José Ñ"])
def test_names_that_courses_use_are_students(name):
    """Letters of any script, mail addresses, two people who work together."""
    assert is_student(name)


@pytest.mark.parametrize(
    "name", ["=cmd,calc", "-rf", "@x", "−1", "＝x", ".hidden", "a\tb", "a\rb", "a\u202eb", "a*b", ""]
)
def test_names_that_something_obeys_are_none(name):
    """Formulas in every spelling, options, patterns, signs that turn the line around."""
    assert not is_student(name)


def test_far_too_many_files_are_refused_before_one_is_opened(tmp_path):
    """A thousand and one files beside a page."""
    folder = tmp_path / "ori-01" / "ps1"
    folder.mkdir(parents=True)
    for number in range(1_001):
        (folder / f"{number}.txt").touch()
    assert inspect_folder(folder).code == "page-too-many"


def test_a_pipe_is_never_opened(tmp_path):
    """Reading it would wait for ever."""
    folder = tmp_path / "ori-01" / "ps1"
    folder.mkdir(parents=True)
    os.mkfifo(folder / "data.csv")
    assert inspect_folder(folder).code == "page-name"


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["p1 (1).ipynb"], "p1 (1).ipynb"),
        (["p1-Copy1.ipynb"], "p1-Copy1.ipynb"),
        (["p1.ipynb", "p1 (1).ipynb"], "p1.ipynb"),
        (["p1 (1).ipynb", "p1 (2).ipynb"], None),
        (["p12.ipynb"], None),
        (["notes.ipynb"], None),
    ],
)
def test_a_page_is_found_under_the_name_of_its_copy(tmp_path, names, found):
    """Only where there is one: between two copies nobody can choose."""
    for name in names:
        (tmp_path / name).touch()
    page = find_page(tmp_path, "p1", {"p1", "p2"})
    assert (page and page.name) == found
