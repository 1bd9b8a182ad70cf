"""The paths: their time, what does not stand yet, and what the first test leaves out."""

from __future__ import annotations

import json
import subprocess
from itertools import chain

import pytest
from typer.testing import CliRunner

from course.cli import app
from course.content import paths as content_paths
from course.content.models import Module
from course.content.models.measuring import Paths
from course.content.paths import check_paths, modules_of
from course.content.reading import load_module, module_folders
from course.errors import CourseError
from course.practice.paths import (
    MINE,
    measured_objectives,
    mine_payload,
    path_lines,
    path_steps,
    say_step,
    say_total,
    total,
)
from course.texts import LANGUAGES
from tests.quizzes.gift_reader import node


def known(root, *codes):
    """Shares of the first test in which the modules of these codes were all right, and nothing else."""
    modules = {load_module(folder.name, root).code: folder.name for folder in module_folders(root)}
    return {objective: 1.0 for code in codes for objective in measured_objectives(root)[modules[code]]}


def test_the_whole_course_has_every_module_and_its_minutes(root):
    """What stands, in its order, with the minutes of module.yml; the rest with the hours that are planned."""
    steps = path_steps("whole", root)
    standing = [load_module(folder.name, root) for folder in module_folders(root)]

    assert [(s.code, s.minutes) for s in steps if s.module] == [(m.code, m.minutes) for m in standing]
    assert total(steps)[0] == sum(module.minutes for module in standing)
    assert all(step.hours and step.state == "not-yet" for step in steps if not step.module)


def test_a_module_that_stands_is_no_longer_planned(root):
    """Its own file counts as soon as it is in the book, also while its line is still under `planned`."""
    both = {m.code for m in modules_of("whole", root) if isinstance(m, Module)}
    assert {load_module(folder.name, root).code for folder in module_folders(root)} == both


def test_what_the_first_test_showed_is_left_out(root):
    """A module all of whose tested outcomes are known takes no time; one with a single miss stays whole."""
    shares = known(root, "M1", "M2")
    shares[next(name for name in shares if name.startswith("LO-02"))] = 0.5
    steps = {step.code: step for step in path_steps(MINE, root, shares)}

    assert (steps["M1"].state, steps["M1"].minutes) == ("known", 0)
    assert (steps["M2"].state, steps["M3"].state) == ("stands", "stands")


def test_the_safety_check_is_never_left_out(root):
    """Whoever knows all of M0 still passes it: its lesson is named, with its minutes."""
    [first] = [step for step in path_steps(MINE, root, known(root, "M0")) if step.code == "M0"]
    assert first.state == "safety" and first.minutes
    assert first.page == "modules/00-start/03-safe-before-you-write"


def test_without_the_first_test_nothing_is_left_out(root):
    """My path is then the whole course, and says so."""
    steps = path_steps(MINE, root, {})
    assert steps == path_steps("whole", root)
    assert "nothing is left out" in "\n".join(path_lines(MINE, steps, "en", 0, 24))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_step_is_said_in_each_language(root, lang):
    """Time, what is left out, what is not there yet: no place is left unfilled."""
    steps = path_steps(MINE, root, known(root, "M0", "M1"))
    said = [*(say_step(step, lang) for step in steps), say_total(steps, lang)]
    assert {step.state for step in steps} == {"stands", "known", "safety", "not-yet"}
    assert not any("{" in line for line in said)


def test_a_module_that_nobody_knows_is_a_fault(root, monkeypatch):
    """A slip in a code would drop the module from the path without a word."""
    wrong = Paths.model_validate(
        {"paths": [{"id": "short", "modules": ["M0", "M99"]}, {"id": "whole", "modules": ["M0"]}]}
    )
    monkeypatch.setattr(content_paths, "load_paths", lambda root: wrong)
    said = [f"{problem.item} {problem.problem}" for problem in check_paths(root)]

    assert "short names M99, which is not there." in said
    assert "whole leaves out M3." in said


def test_the_paths_of_the_course_are_clean(root):
    """Every code is known, and the whole course leaves nothing out."""
    assert check_paths(root) == []


def test_another_path_is_refused_in_words(root):
    """The sentence names the paths that there are."""
    with pytest.raises(CourseError, match="short, whole"):
        path_steps("long", root)


RULES = """
const { readFileSync } = require("fs");
const { payload, scores } = JSON.parse(readFileSync(0, "utf8"));
const kept = new Map(Object.entries(scores));
const drawn = [];
const make = (tag, attributes) => { drawn.push(attributes); return {}; };
globalThis.courseQuiz = { kit: { KEYS: { quizzes: "" }, MODES: {}, fill: (text) => text, make,
  readEntries: () => kept, tell: () => ({}) } };
globalThis.pageLink = (page) => page;
eval(readFileSync(process.argv[1], "utf8") + "\\nglobalThis.draw = drawPath;");
draw({ payload, ui: payload.ui });
console.log(JSON.stringify(drawn.filter((one) => one && one["data-module"]).map((one) => one["data-state"])));
"""


def test_the_page_chooses_as_the_command_does(root):
    """The page without Python leaves out the same modules, by the first answer to each question."""
    payload = mine_payload("en", root)
    tested = {module["code"]: list(chain(*module["tested"])) for module in payload["modules"]}
    scores = {item: {"score": 1} for code in ("M0", "M4") for item in tested[code]}
    scores |= {item: {"score": 1, "earlier": [{"score": 0}]} for item in tested["M1"]}

    script = root / "course" / "quizzes" / "assets" / "path.js"
    found = subprocess.run(
        [node(), "-e", RULES, script],
        input=json.dumps({"payload": payload, "scores": scores}),
        capture_output=True,
        text=True,
        check=True,
    )
    expected = [step.state for step in path_steps(MINE, root, known(root, "M0", "M4"))]
    assert json.loads(found.stdout) == expected


def test_the_command_prints_plain_data(root, tmp_path, monkeypatch):
    """For programs: each step with its state, and the time in minutes."""
    monkeypatch.setenv("COURSE_ROOT", str(root))
    monkeypatch.setenv("COURSE_WORK", str(tmp_path / "my-work.db"))
    told = CliRunner().invoke(app, ["path", "mine", "--format", "json"], catch_exceptions=False)

    document = json.loads(told.stdout)
    assert document["minutes"] == total(path_steps("whole", root))[0]
    assert {step["state"] for step in document["steps"]} == {"stands", "not-yet"}


def test_what_protects_people_is_never_left_out(root):
    """Every answer right: consent, names and reprisals are gone through all the same, by command and page."""
    shares = {name: 1.0 for names in measured_objectives(root).values() for name in names}
    [monitoring] = [step for step in path_steps(MINE, root, shares) if step.code == "M8"]
    assert (monitoring.state, monitoring.minutes > 60) == ("stands", True)
    marked = {one["code"] for one in mine_payload("en", root)["modules"] if one["always"]}
    assert "M8" in marked
    assert "M1" not in marked
