"""The assignment a03: form, rubric and page agree; half of it is the learner's own work; no key gets out."""

from __future__ import annotations

import ast
import importlib.util
import json
import re
import zipfile
from datetime import date, timedelta

import nbformat
import pytest

from course.content import load_assignment, load_rubric
from course.content.assignments import check_assignment
from course.facts import rule
from grading.marking import mark
from grading.release import release_assignment
from grading.sample.planted import load_variants
from grading.workspace import create_workspace

FIELDS = [
    "standard_order",
    "which_procedure",
    "entry_points",
    "loipr_input",
    "words_to_cut",
    "cedaw_last_day",
    "crc_last_day",
]
LEARNER_WORDS = re.compile(r"\b(cells?|kernels?|notebooks?|variables?|code|run)\b", re.IGNORECASE)


@pytest.fixture(scope="session")
def folder(root):
    """The instructor's folder of a03."""
    return root / "assignments" / "a03-treaty-bodies"


@pytest.fixture(scope="session")
def assignment(folder, root):
    """The form, read and validated."""
    return load_assignment(folder / "assignment.yml", root)


@pytest.fixture(scope="session")
def rubric(folder, root):
    """The rubric, read and validated."""
    return load_rubric(folder / "rubric.yml", root)


@pytest.fixture(scope="session")
def cells(folder):
    """The cells of the instructor's page."""
    return nbformat.read(folder / "a03.ipynb", as_version=4).cells


@pytest.fixture(scope="session")
def handout(tmp_path_factory):
    """What nbgrader really releases to learners."""
    workspace = create_workspace(tmp_path_factory.mktemp("a03") / "cohort")
    return release_assignment(workspace, "a03")


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


def test_the_content_check_finds_nothing(folder, root):
    """`course check` has nothing to say about this assignment."""
    assert check_assignment(folder, root) == []


def test_the_first_field_is_the_course_number(assignment):
    """The hand-in is told apart by a number, never by a name."""
    first = assignment.form.fields[0]
    assert (first.id, first.kind, first.pattern) == ("student_id", "short-text", "[a-z]{3}-[0-9]{2}")


def test_the_graded_questions_are_of_five_kinds(assignment):
    """Ordering, matching, choice, number and date: not one skill asked seven times."""
    kinds = {field.kind for field in assignment.form.fields if field.id in assignment.points}
    assert kinds == {"ordering", "matching", "multiple-choice", "numeric", "date"}


def test_half_of_the_points_are_on_the_learners_own_work(assignment, rubric):
    """Design rule 6: the plan for the own association weighs at least as much as all questions."""
    own = sum(criterion.max_points for criterion in rubric.criteria)
    assert own >= sum(assignment.points.values())


def test_the_free_answer_asks_for_roles_not_names(assignment):
    """Whoever writes is told in the question itself to name nobody."""
    [plan] = [field for field in assignment.form.fields if field.kind == "long-text"]
    assert (plan.min_words, plan.max_words) == (150, 250)
    assert "never the name of a person" in plan.help


@pytest.mark.parametrize("field", FIELDS)
def test_each_question_is_graded_once_with_the_points_of_the_form(cells, assignment, field):
    """One locked cell marks the field, for the points that the form gives."""
    about = settings_of(graded(cells)[field])
    assert sum(settings_of(cell).get("grade_id") == field for cell in cells) == 1
    assert about["points"] == assignment.points[field]
    assert (about["locked"], about["solution"], about["schema_version"]) == (True, False, 3)


def test_nothing_else_is_graded_by_itself(cells, assignment):
    """The graded cells are the fields with points, no more and no fewer."""
    assert list(graded(cells)) == FIELDS == list(assignment.points)


@pytest.mark.parametrize("field", FIELDS)
def test_each_hidden_test_marks_its_own_question(cells, assignment, field):
    """A copied cell that still marks the question above would give points for another answer."""
    names, scheme = hidden_call(graded(cells)[field])
    assert names == ["a03", field]
    assert scheme["points"] == assignment.points[field]
    assert scheme["remember"]


@pytest.mark.parametrize("field", FIELDS)
def test_the_visible_part_shows_the_answer_and_names_no_grading(cells, field):
    """What learners receive of a graded cell needs no grading package."""
    visible = graded(cells)[field].source.split("### BEGIN HIDDEN TESTS")[0]
    assert visible.split() == ["import", "course", 'course.answer("a03",', f'"{field}")']


@pytest.mark.parametrize("field", FIELDS)
def test_every_choice_is_explained(cells, assignment, field):
    """Design rule 3: a sentence for each choice of the form, and for any other number or day."""
    question = next(one for one in assignment.form.fields if one.id == field)
    scheme = hidden_call(graded(cells)[field])[1]
    if question.kind in ("numeric", "date"):
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


def test_the_page_says_what_the_rubric_says(cells, rubric):
    """Each level stands in the task and in the list shown before writing, in the rubric's words."""
    before = next(cell.source for cell in cells if cell.id == "a03-rubric")
    for criterion in rubric.criteria:
        task = tasks(cells)[criterion.id].source
        assert criterion.title in before
        assert criterion.title in task
        for level in criterion.levels:
            line = f"{level.points:g} points: {level.descriptor}"
            assert line in before
            assert line in task


def test_the_rubric_is_shown_before_the_form(cells):
    """Design rule 8: learners read how they are marked before they write."""
    order = [cell.id for cell in cells]
    assert order.index("a03-rubric") < order.index("a03-form")


def test_the_levels_are_parallel_sentences(rubric):
    """Design rule 8: the levels of a criterion begin alike, so that only the quality differs."""
    for criterion in rubric.criteria:
        assert len({tuple(level.descriptor.split()[:3]) for level in criterion.levels}) <= 2
        assert all(level.descriptor.startswith("The plan ") for level in criterion.levels)


def test_the_model_answer_keeps_the_limits_it_teaches(rubric, assignment):
    """The model is as long as the form allows."""
    [plan] = [field for field in assignment.form.fields if field.kind == "long-text"]
    assert plan.min_words <= len(rubric.model_answer.split()) <= plan.max_words


def test_the_page_speaks_to_people_who_do_not_program(cells, assignment):
    """No word of the machine in what a learner reads."""
    texts = [cell.source for cell in cells if cell.cell_type == "markdown"]
    texts += [assignment.form.intro, *(f.label + f.help for f in assignment.form.fields)]
    assert [LEARNER_WORDS.findall(text) for text in texts if LEARNER_WORDS.search(text)] == []


# The rules that decide an answer are verified, and the keys follow from them ------------------


def test_the_words_to_cut_follow_from_the_verified_limit(cells):
    """6,250 words and 480 in footnotes against the limit of a coalition in the rule pack."""
    limit = rule("CEDAW", "session", "length-joint")
    scheme = hidden_call(graded(cells)["words_to_cut"])[1]
    assert limit.decides
    assert scheme["choices"][scheme["key"]]["value"] == 6250 + 480 - int(limit.value)


def test_the_last_day_for_cedaw_follows_from_the_verified_rule(cells):
    """The weeks of the rule pack, counted back from the invented opening day."""
    deadline = rule("CEDAW", "session", "deadline")
    scheme = hidden_call(graded(cells)["cedaw_last_day"])[1]
    last = date(2027, 6, 7) - timedelta(weeks=int(deadline.value))
    assert (deadline.unit, deadline.decides) == ("weeks-before-session", True)
    assert scheme["choices"][scheme["key"]]["value"] == last.isoformat()


def test_the_last_day_for_the_rights_of_the_child_follows_from_the_verified_rule(cells):
    """The fixed day of the rule pack that belongs to the group of October."""
    deadline = rule("CRC", "loipr", "deadline")
    scheme = hidden_call(graded(cells)["crc_last_day"])[1]
    february, june, october = deadline.value.split(";")
    assert deadline.decides
    assert scheme["choices"][scheme["key"]]["value"] == f"2027-{october}"
    assert scheme["choices"]["june_group"]["value"] == f"2027-{june}"
    assert scheme["choices"]["february_group"]["value"] == f"2027-{february}"


# What learners receive ----------------------------------------------------------------------


def test_only_the_page_and_the_form_are_released(handout):
    """The rubric with its model answer stays behind, and so does everything else."""
    assert sorted(path.name for path in handout.iterdir()) == ["a03.ipynb", "assignment.yml"]


def test_no_hidden_line_is_released(handout, cells):
    """No line between the marks of a hidden test stands in a released file."""
    text = (handout / "assignment.yml").read_text(encoding="utf-8")
    page = nbformat.read(handout / "a03.ipynb", as_version=4)
    text += "\n".join(cell.source for cell in page.cells)
    assert "HIDDEN TESTS" not in text
    assert "grading" not in text
    hidden = [
        line.strip()
        for cell in graded(cells).values()
        for line in cell.source.split("### BEGIN HIDDEN TESTS")[1].splitlines()
    ]
    assert [line for line in hidden if len(line) > 12 and line in text] == []


def test_no_explanation_and_no_key_value_is_released(handout, cells, rubric):
    """Neither the sentences of the reasons, nor the right number and days, nor the model answer."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in handout.iterdir())
    secrets = ["2027-05-10", "2027-08-01", "10 May 2027", "1 August", *rubric.model_answer.split(". ")]
    for cell in graded(cells).values():
        scheme = hidden_call(cell)[1]
        secrets.append(scheme["remember"])
        for choice in scheme["choices"].values():
            secrets.append(choice["feedback"] if isinstance(choice, dict) else choice)
    assert [secret for secret in secrets if secret.strip() in text] == []


def test_no_key_is_in_the_learners_zip(root, cells, rubric, tmp_path):
    """No file that learners receive holds a reason, and so a key, or the model answer."""
    specification = importlib.util.spec_from_file_location("start", root / "start.py")
    start = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(start)
    start.pack_learners_zip(tmp_path / "learner.zip")
    secrets = [hidden_call(cell)[1]["remember"] for cell in graded(cells).values()]
    secrets += rubric.model_answer.split(". ")
    with zipfile.ZipFile(tmp_path / "learner.zip") as packed:
        names = packed.namelist()
        texts = {name: packed.read(name).decode("utf-8", "replace") for name in names}
    assert any(name.endswith("course/__init__.py") for name in names)
    assert [(n, s) for n, text in texts.items() for s in secrets if s.strip() in text] == []
    assert [name for name in names if "/grading/" in name or "/assignments/" in name] == []


def test_the_released_points_are_those_of_the_form(handout, assignment, rubric):
    """nbgrader releases the points as they were written."""
    page = nbformat.read(handout / "a03.ipynb", as_version=4)
    points = {n: settings_of(c)["points"] for n, c in (graded(page.cells) | tasks(page.cells)).items()}
    wanted = assignment.points | {c.id: c.max_points for c in rubric.criteria}
    assert points == wanted


# The planted answers of the sample ------------------------------------------------------------

VARIANTS = [(field, variant) for field, listed in load_variants()[0].items() for variant in listed]


@pytest.fixture
def hand_in(folder, tmp_path, monkeypatch):
    """A learner's folder, entered; call it with a field and its answer."""
    (tmp_path / "assignment.yml").write_bytes((folder / "assignment.yml").read_bytes())
    monkeypatch.chdir(tmp_path)

    def save(field, answer):
        document = {
            "format": "course-answers",
            "version": 1,
            "assignment": "a03",
            "student_id": "ori-01",
            "answers": {"student_id": "ori-01", field: answer},
            "saved_at": dict.fromkeys(["student_id", field], "2025-01-01T00:00:00Z"),
        }
        (tmp_path / "answers.json").write_text(json.dumps(document), encoding="utf-8")

    return save


@pytest.mark.parametrize(
    ("field", "variant"),
    VARIANTS,
    ids=[f"{field}-{number}" for number, (field, _) in enumerate(VARIANTS)],
)
def test_each_planted_answer_earns_the_points_given_by_hand(cells, hand_in, capsys, field, variant):
    """The hidden test of the page gives what a person gave the same answer."""
    hand_in(field, variant.answer)
    names, scheme = hidden_call(graded(cells)[field])
    assert mark(*names, **scheme) == variant.points
    assert capsys.readouterr().err == ""
