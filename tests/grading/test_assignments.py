"""Every assignment: form, rubric and page agree; half of it is the learner's own work; no key gets out."""

from __future__ import annotations

import ast
import importlib.util
import json
import re
import zipfile
from pathlib import Path

import nbformat
import pytest

from course.content import load_assignment, load_rubric
from course.content.assignments import check_assignment
from grading.marking import mark
from grading.release import release_assignment
from grading.sample.planted import load_variants, sampled_assignments
from grading.workspace import create_workspace

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = {path.name.partition("-")[0]: path for path in sorted((ROOT / "assignments").glob("a[0-9][0-9]-*"))}
LEARNER_WORDS = re.compile(r"\b(cells?|kernels?|notebooks?|variables?|code|run)\b", re.IGNORECASE)


@pytest.fixture(scope="session", params=list(FOLDERS))
def name(request):
    """The name of an assignment, `a03`."""
    return request.param


@pytest.fixture(scope="session")
def folder(name):
    """The instructor's folder of the assignment."""
    return FOLDERS[name]


@pytest.fixture(scope="session")
def assignment(folder, root):
    """The form, read and validated."""
    return load_assignment(folder / "assignment.yml", root)


@pytest.fixture(scope="session")
def rubric(folder, root):
    """The rubric, read and validated."""
    return load_rubric(folder / "rubric.yml", root)


@pytest.fixture(scope="session")
def cells(folder, name):
    """The cells of the instructor's page."""
    return nbformat.read(folder / f"{name}.ipynb", as_version=4).cells


@pytest.fixture(scope="session")
def handout(tmp_path_factory, name):
    """What nbgrader really releases to learners."""
    workspace = create_workspace(tmp_path_factory.mktemp(name) / "cohort")
    return release_assignment(workspace, name)


def settings_of(cell):
    """What nbgrader knows of a cell."""
    return cell.metadata.get("nbgrader", {})


def graded(cells):
    """The cells that are marked by themselves, by id."""
    return {settings_of(cell)["grade_id"]: cell for cell in cells if settings_of(cell).get("grade")}


def tasks(cells):
    """The cells that a person marks, by id."""
    return {settings_of(cell)["grade_id"]: cell for cell in cells if settings_of(cell).get("task")}


def hidden_call(cell):
    """The keyword arguments of the one call in the hidden part, and its two names."""
    hidden = cell.source.split("### BEGIN HIDDEN TESTS")[1].split("### END HIDDEN TESTS")[0]
    call = ast.parse(hidden.strip()).body[-1].value
    names = [ast.literal_eval(argument) for argument in call.args]
    return names, {keyword.arg: ast.literal_eval(keyword.value) for keyword in call.keywords}


def long_texts(assignment):
    """The fields in which a learner writes about their own association."""
    return [field for field in assignment.form.fields if field.kind == "long-text"]


def test_the_content_check_finds_nothing(folder, root):
    """`course check` has nothing to say about this assignment."""
    assert check_assignment(folder, root) == []


def test_the_first_field_is_the_course_number(assignment):
    """The hand-in is told apart by a number, never by a name."""
    first = assignment.form.fields[0]
    assert (first.id, first.kind, first.pattern) == ("student_id", "short-text", "[a-z]{3}-[0-9]{2}")


def test_half_of_the_points_are_on_the_learners_own_work(assignment, rubric):
    """Design rule 6: what is written of the own association weighs at least as much as all questions."""
    own = sum(criterion.max_points for criterion in rubric.criteria)
    assert own >= sum(assignment.points.values())


def test_the_free_answers_ask_for_no_names(assignment):
    """Whoever writes is told in the question itself to name nobody, and how long the text may be."""
    assert long_texts(assignment)
    for field in long_texts(assignment):
        assert "never the name" in field.help
        assert field.max_words


def test_the_graded_cells_are_the_fields_with_points(cells, assignment):
    """One locked cell marks each field, for the points that the form gives; nothing else is graded."""
    about = {name: settings_of(cell) for name, cell in graded(cells).items()}
    assert {name: settings["points"] for name, settings in about.items()} == assignment.points
    for settings in about.values():
        assert (settings["locked"], settings["solution"], settings["schema_version"]) == (True, False, 3)


def test_each_hidden_test_marks_its_own_question(cells, assignment, name):
    """A copied cell that still marks the question above would give points for another answer."""
    for field, cell in graded(cells).items():
        names, scheme = hidden_call(cell)
        assert names == [name, field]
        assert scheme["points"] == assignment.points[field]
        assert scheme["remember"]


def test_the_visible_part_shows_the_answer_and_names_no_grading(cells, name):
    """What learners receive of a graded cell needs no grading package."""
    for field, cell in graded(cells).items():
        visible = cell.source.split("### BEGIN HIDDEN TESTS")[0]
        assert visible.split() == ["import", "course", f'course.answer("{name}",', f'"{field}")']


def test_every_choice_is_explained(cells, assignment):
    """Design rule 3: a sentence for each choice of the form, and for any other number or day."""
    for question in assignment.form.fields:
        if question.id not in assignment.points:
            continue
        scheme = hidden_call(graded(cells)[question.id])[1]
        if question.kind in ("numeric", "date", "short-text"):
            assert scheme["otherwise"]
            assert all(choice["feedback"] for choice in scheme["choices"].values())
        else:
            assert scheme["choices"].keys() == question.choices.keys()
            assert all(scheme["choices"].values())


def test_every_code_cell_is_hidden(cells):
    """Learners see forms and answers, never a line of code."""
    for cell in cells:
        if cell.cell_type == "code":
            assert cell.metadata["tags"] == ["remove-input"]
            assert cell.metadata["jupyter"] == {"source_hidden": True}


def test_every_part_is_locked_and_has_its_own_id(cells):
    """Whatever a learner changes in the page is put back."""
    identifiers = [settings_of(cell)["grade_id"] for cell in cells]
    assert len(set(identifiers)) == len(identifiers)
    assert all(settings_of(cell)["locked"] for cell in cells)
    assert len({cell.id for cell in cells}) == len(cells)


def test_each_criterion_is_a_task_with_its_points(cells, rubric):
    """A person marks each criterion in its own part of the page."""
    points = {name: settings_of(cell)["points"] for name, cell in tasks(cells).items()}
    assert points == {criterion.id: criterion.max_points for criterion in rubric.criteria}
    assert all(cell.cell_type == "markdown" for cell in tasks(cells).values())


def test_the_page_says_what_the_rubric_says(cells, rubric, name):
    """Each level stands in the task and in the list shown before writing, in the rubric's words."""
    before = next(cell.source for cell in cells if cell.id == f"{name}-rubric")
    for criterion in rubric.criteria:
        task = tasks(cells)[criterion.id].source
        assert criterion.title in before
        assert criterion.title in task
        for level in criterion.levels:
            line = f"{level.points:g} points: {level.descriptor}"
            assert line in before
            assert line in task


def test_the_rubric_is_shown_before_the_form(cells, name):
    """Design rule 8: learners read how they are marked before they write."""
    order = [cell.id for cell in cells]
    assert order.index(f"{name}-rubric") < order.index(f"{name}-form")


def test_the_levels_are_parallel_sentences(rubric):
    """Design rule 8: the levels of a criterion begin alike, so that only the quality differs."""
    for criterion in rubric.criteria:
        assert len({tuple(level.descriptor.split()[:2]) for level in criterion.levels}) == 1


def test_the_page_speaks_to_people_who_do_not_program(cells, assignment):
    """No word of the machine in what a learner reads."""
    texts = [cell.source for cell in cells if cell.cell_type == "markdown"]
    texts += [assignment.form.intro, *(f.label + f.help for f in assignment.form.fields)]
    assert [LEARNER_WORDS.findall(text) for text in texts if LEARNER_WORDS.search(text)] == []


# What learners receive ----------------------------------------------------------------------


def test_only_the_page_and_the_form_are_released(handout, name):
    """The rubric with its model answer stays behind, and so does everything else."""
    assert sorted(path.name for path in handout.iterdir()) == [f"{name}.ipynb", "assignment.yml"]


def test_no_hidden_line_is_released(handout, cells, name):
    """No line between the marks of a hidden test stands in a released file."""
    text = (handout / "assignment.yml").read_text(encoding="utf-8")
    page = nbformat.read(handout / f"{name}.ipynb", as_version=4)
    text += "\n".join(cell.source for cell in page.cells)
    assert "HIDDEN TESTS" not in text
    assert "grading" not in text
    hidden = [
        line.strip()
        for cell in graded(cells).values()
        for line in cell.source.split("### BEGIN HIDDEN TESTS")[1].splitlines()
    ]
    assert [line for line in hidden if len(line) > 12 and line in text] == []


def test_no_explanation_is_released(handout, cells, rubric):
    """Neither the sentences of the reasons nor the model answer."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in handout.iterdir())
    secrets = [*rubric.model_answer.split(". ")]
    for cell in graded(cells).values():
        scheme = hidden_call(cell)[1]
        secrets.append(scheme["remember"])
        for choice in scheme["choices"].values():
            secrets.append(choice["feedback"] if isinstance(choice, dict) else choice)
    assert [secret for secret in secrets if secret.strip() in text] == []


def test_the_released_points_are_those_of_the_form(handout, assignment, rubric, name):
    """nbgrader releases the points as they were written."""
    page = nbformat.read(handout / f"{name}.ipynb", as_version=4)
    points = {n: settings_of(c)["points"] for n, c in (graded(page.cells) | tasks(page.cells)).items()}
    wanted = assignment.points | {c.id: c.max_points for c in rubric.criteria}
    assert points == wanted


@pytest.fixture(scope="session")
def learners_zip(root, tmp_path_factory):
    """The zip that learners receive, read whole: text by name."""
    specification = importlib.util.spec_from_file_location("start", root / "start.py")
    start = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(start)
    path = tmp_path_factory.mktemp("zip") / "learner.zip"
    start.pack_learners_zip(path)
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name).decode("utf-8", "replace") for name in packed.namelist()}


def test_no_key_is_in_the_learners_zip(learners_zip, cells, rubric):
    """No file that learners receive holds a reason, and so a key, or the model answer."""
    secrets = [hidden_call(cell)[1]["remember"] for cell in graded(cells).values()]
    secrets += [part for part in rubric.model_answer.split(". ") if len(part) > 30]
    assert any(name.endswith("course/__init__.py") for name in learners_zip)
    assert [(n, s) for n, text in learners_zip.items() for s in secrets if s.strip() in text] == []
    assert [name for name in learners_zip if "/grading/" in name or "/assignments/" in name] == []


# The planted answers of the sample ------------------------------------------------------------


def test_every_assignment_has_planted_answers():
    """The sample cohort can hand in each of them."""
    assert sampled_assignments() == tuple(FOLDERS)


def test_the_planted_answers_are_right_partly_right_and_wrong(assignment, name):
    """At least four to each question; the right one earns all points, a wrong one few."""
    variants, texts = load_variants(name)
    assert variants.keys() == assignment.points.keys()
    assert texts.keys() == {field.id for field in long_texts(assignment)}
    assert all(len(listed) >= 3 for listed in texts.values())
    for field, listed in variants.items():
        assert len(listed) >= 4
        assert {variant.points for variant in listed if variant.group == "right"} == {
            assignment.points[field]
        }
        assert all(
            variant.points < assignment.points[field] for variant in listed if variant.group != "right"
        )
        assert {"right", "wrong"} <= {variant.group for variant in listed}


@pytest.fixture
def hand_in(folder, name, tmp_path, monkeypatch):
    """A learner's folder, entered; call it with a field and its answer."""
    (tmp_path / "assignment.yml").write_bytes((folder / "assignment.yml").read_bytes())
    monkeypatch.chdir(tmp_path)

    def save(field, answer):
        document = {
            "format": "course-answers",
            "version": 1,
            "assignment": name,
            "student_id": "ori-01",
            "answers": {"student_id": "ori-01", field: answer},
            "saved_at": dict.fromkeys(["student_id", field], "2025-01-01T00:00:00Z"),
        }
        (tmp_path / "answers.json").write_text(json.dumps(document), encoding="utf-8")

    return save


def test_each_planted_answer_earns_the_points_given_by_hand(cells, name, hand_in, capsys):
    """The hidden test of the page gives what a person gave the same answer."""
    differences = []
    for field, listed in load_variants(name)[0].items():
        names, scheme = hidden_call(graded(cells)[field])
        for variant in listed:
            hand_in(field, variant.answer)
            given = mark(*names, **scheme)
            if given != variant.points:
                differences.append((field, variant.answer, given, variant.points))
    assert differences == []
    assert capsys.readouterr().err == ""
