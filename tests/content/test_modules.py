"""A module's sets, lessons and objectives agree with each other, or the file and place are named."""

import json
import shutil
from pathlib import Path

import pytest

from course.content.modules import check_module

MINI = Path(__file__).parent / "mini"


@pytest.fixture
def folder(tmp_path):
    """A clean copy of the small module, for one fault."""
    shutil.copytree(MINI, tmp_path / "course")
    return tmp_path / "course/modules/00-first"


def problems_of(folder):
    """What the check says of this one module, as text."""
    return [str(problem) for problem in check_module(folder, {}, folder.parents[1])]


def change(path, old, new):
    """Replace a text that must be there: a fault that was not planted would prove nothing."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def change_page(path, edit):
    """Edit a lesson's page as data."""
    page = json.loads(path.read_text())
    edit(page)
    path.write_text(json.dumps(page))


def test_the_small_module_is_clean(folder):
    """Without a fault there is no problem: what follows is due to the planted fault alone."""
    assert problems_of(folder) == []


MODULE_FAULTS = {
    "a set names an unknown item": ("check-01: [q-01,", "check-01: [q-88,", "q-88: check-01: no such item"),
    "a lesson set is too small": (
        "check-02: [q-04, q-05, q-06]",
        "check-02: [q-04]",
        "needs this set with 3",
    ),
    "recall asks for what comes later": ("recall-02: [q-01,", "recall-02: [q-05,", "what came earlier"),
    "the exit set is missing": ("  exit: [q-04, q-05]\n", "", "exit: the module has no such set"),
    "the start set is missing": ("  start: [q-01]\n", "", "start: the module has no such set"),
    "a card too few": ("q-04, q-05]\n", "q-04]\n", "has 4 cards"),
    "an objective of another module": ("{id: LO-00.1", "{id: LO-07.1", "belongs to another module"),
    "a lesson over 12 minutes": ("minutes: 7", "minutes: 13", "less than or equal to 12"),
    "a lesson without a file": ("file: 02-two", "file: 02-gone", "the lesson's file is missing"),
    "a lesson for an unknown objective": (
        "minutes: 7, objectives: [LO-00.1]",
        "minutes: 7, objectives: [LO-00.9]",
        "02-two: names LO-00.9",
    ),
    "the id of another folder": ('id: "00-first"', 'id: "00-last"', "not the folder's name"),
    "an unknown field": ("code: M0", "code: M0\ncolour: red", "Remove `colour:`"),
}


@pytest.mark.parametrize("fault", MODULE_FAULTS)
def test_a_fault_in_module_yml_is_named(folder, fault):
    """Each planted fault is found and said in words."""
    old, new, said = MODULE_FAULTS[fault]
    change(folder / "module.yml", old, new)

    assert [problem for problem in problems_of(folder) if said in problem]


def test_an_item_in_no_set_is_found(folder):
    """An item that nobody meets is dead weight."""
    change(folder / "module.yml", "check-02: [q-04, q-05, q-06]", "check-02: [q-04, q-06, q-01]")
    change(folder / "module.yml", "exit: [q-04, q-05]", "exit: [q-04]")
    change(folder / "module.yml", "q-04, q-05]\n", "q-04, q-01]\n")

    assert [problem for problem in problems_of(folder) if "q-05: is in no set" in problem]


def test_too_much_remembering_is_found(folder):
    """More than six in ten items that only ask to remember are too many."""
    change(folder / "items.yml", "bloom: apply", "bloom: remember")

    assert [problem for problem in problems_of(folder) if "only ask to remember" in problem]


def test_an_objective_with_too_few_items_is_found(folder):
    """An objective that nothing asks for is not taught."""
    change(folder / "module.yml", 'right."}\n', 'right."}\n  - {id: LO-00.2, bloom: apply, text: "Go."}\n')

    assert [problem for problem in problems_of(folder) if "LO-00.2: has 0 items" in problem]


def test_an_id_of_an_earlier_module_is_refused(folder):
    """An id is never used again: responses of years hang on it."""
    problems = check_module(folder, {"q-01": object()}, folder.parents[1])

    assert [problem for problem in problems if problem.item == "q-01" and "earlier module" in problem.problem]


def test_a_broken_items_file_does_not_hide_in_a_hundred_others(folder):
    """With unreadable items the cause is said once, not once for each set that names one."""
    (folder / "items.yml").write_text("items: [")

    assert len([problem for problem in problems_of(folder) if "no such item" in problem]) == 0


PAGE_FAULTS = {
    "stored outputs": (
        lambda page: page["cells"][1].update(execution_count=3),
        "has stored outputs",
    ),
    "visible code in the book": (
        lambda page: page["cells"][1]["metadata"].update(tags=[]),
        "would show its code in the book",
    ),
    "visible code in JupyterLab": (
        lambda page: page["cells"][1]["metadata"].update(jupyter={}),
        "would show its code in JupyterLab",
    ),
    "two calls": (
        lambda page: page["cells"][3].update(source='course.quiz("00-first", "exit")\ncourse.form("x")'),
        "is not one call",
    ),
    "a function": (
        lambda page: page["cells"][3].update(source="def f():\n    return 1"),
        "is not one call",
    ),
    "another module's set": (
        lambda page: page["cells"][3].update(source='course.quiz("01-other", "check-01")'),
        "names no set of 00-first",
    ),
    "a drill that is not there": (
        lambda page: page["cells"][3].update(source='course.drill("00-first", "none")'),
        "names no drill",
    ),
    "another language": (
        lambda page: page["cells"][3].update(source='course.quiz("00-first", "check-01", lang="ar")'),
        "asks for another language",
    ),
    "no language stated": (
        lambda page: page["metadata"].pop("course"),
        "says its language is None",
    ),
    "the check set is missing": (
        lambda page: page["cells"].pop(3),
        "does not close with its check set",
    ),
    "the opening set is missing": (
        lambda page: page["cells"].pop(1),
        "does not open with its recall set",
    ),
    "no title": (
        lambda page: page["cells"][0].update(source="Welcome, 5 minutes"),
        "does not open with its title",
    ),
    "no minutes": (
        lambda page: page["cells"][0].update(source="# Lesson"),
        "does not say `5 minutes`",
    ),
    "the machine's words": (
        lambda page: page["cells"][2].update(source="Restart the kernel."),
        "says 'kernel' to a learner",
    ),
    "too many words": (
        lambda page: page["cells"][2].update(source="word " * 901),
        "at most 900 are allowed",
    ),
    "too many cells": (
        lambda page: page["cells"].extend(
            {"cell_type": "markdown", "id": f"more-{n}", "metadata": {}, "source": "More."} for n in range(17)
        ),
        "at most 20 are allowed",
    ),
    "a sentence without an end": (
        lambda page: page["cells"][2].update(source="one " * 31 + "end."),
        "has 32 words",
    ),
    "a text for lawyers": (
        lambda page: page["cells"][2].update(
            source="Admissibility considerations notwithstanding, competence presupposes exhaustion."
        ),
        "its reading level is",
    ),
    "a term that means something else": (
        lambda page: page["cells"][2].update(source="Read the committee's ruling at home."),
        "a committee is no court",
    ),
    "an example of which nobody knows whether it is real": (
        lambda page: page["cells"][2].update(source="## Worked example\n\nA school burns."),
        "whether its example is real",
    ),
    "a picture without words": (
        lambda page: page["cells"][2].update(source="See it here. ![](map.png)"),
        "a picture has no words",
    ),
}


@pytest.mark.parametrize("fault", PAGE_FAULTS)
def test_a_fault_in_a_lesson_is_named(folder, fault):
    """Each planted fault of a page is found and said in words."""
    edit, said = PAGE_FAULTS[fault]
    change_page(folder / "01-one.ipynb", edit)

    assert [problem for problem in problems_of(folder) if said in problem]


@pytest.mark.parametrize(
    "content", ["{", "[]", '{"cells": 3}', "\x00\x01"], ids=["cut", "list", "shape", "bytes"]
)
def test_a_page_that_is_no_notebook_is_said_in_words(folder, content):
    """Whatever stands in the file, the answer is a sentence that names it."""
    (folder / "01-one.ipynb").write_text(content)

    assert [p for p in problems_of(folder) if "modules/00-first/01-one.ipynb" in p and "not a notebook" in p]


def test_an_item_shown_in_arabic_must_be_translated(folder):
    """A page in another language must not fall back to English unnoticed."""
    change(folder / "module.yml", "minutes: 5,", "minutes: 5, languages: [en, ar],")

    assert [problem for problem in problems_of(folder) if "this item of check-01 is not" in problem]
