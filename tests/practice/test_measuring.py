"""Gain and retention: from my work, of one learner and of many, without a name and without an answer."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from course.cli import app
from course.content.papers import load_blueprint, paper_items
from course.content.reading import load_module, module_folders
from course.errors import SubmissionError
from course.practice.gain import Shares, read_cohort, shares_of
from course.practice.measuring import ENOUGH, WHOLE, measure
from course.work import open_work
from course.work.database import written
from course.work.moments import stamp
from course.work.outline import load_outline
from course.work.records import Response
from course.work.transfer import insert

BEGAN = datetime(2026, 1, 5, 9, tzinfo=UTC)
LEAST = 80
RIGHT = {"before": 6, "after": 18, "90-days": 15}  # of the 24 items, those answered rightly
WHEN = {"before": 0, "after": 60, "90-days": 155}  # days


@pytest.fixture
def modules(root):
    """The modules of the course."""
    return [load_module(folder.name, root) for folder in module_folders(root)]


@pytest.fixture
def mine(tmp_path, monkeypatch, root):
    """My work after all three tests; one item of the last one was tried again, then rightly."""
    monkeypatch.setenv("COURSE_WORK", str(tmp_path / "my-work.db"))
    monkeypatch.setenv("COURSE_ROOT", str(root))
    work = open_work()
    with written(work.path) as connection:
        for name, right in RIGHT.items():
            for place, (_, item) in enumerate(paper_items(name, root)):
                insert(connection, answered(name, item.id, float(place < right), WHEN[name], place))
        insert(connection, answered("90-days", item.id, 1.0, WHEN["90-days"], 100))
    return work


def answered(test, item, score, day, minute):
    """One answer of a test."""
    return Response(
        quiz=f"tests/{test}",
        item=item,
        revision=1,
        objective="",
        language="en",
        response="a secret answer",
        score=score,
        at=stamp(BEGAN + timedelta(days=day, minutes=minute)),
    )


def learner(number, before, after, later=None, waited=None):
    """What the file of one learner holds, of one objective."""
    objective = "LO-00.1"
    tests = {"before": {objective: before}, "after": {objective: after}}
    if later is not None:
        tests["90-days"] = {objective: later}
    return Shares(token=f"{number:012x}", waited=waited, tests=tests)


def the_line(lines, name):
    """The line of that name."""
    [found] = [line for line in lines if line.name == name]
    return found


def test_gain_normalised_gain_and_retention_of_one_learner(mine, modules, root):
    """A quarter before, three quarters after: two thirds of what was missing; 15 of those 18 are kept."""
    own = shares_of(mine.responses(), load_outline(root).bank)
    whole = the_line(measure([own], modules, LEAST), WHOLE)

    asked = len(paper_items("before", root))
    before, after, later = (RIGHT[name] / asked for name in RIGHT)
    assert own.waited == 94
    assert (whole.learners, whole.returned) == (1, 1)
    assert (whole.before, whole.after, whole.later) == pytest.approx((before, after, later), abs=1e-4)
    assert whole.gain == pytest.approx(after - before, abs=1e-4)
    assert whole.normalised == pytest.approx((after - before) / (1 - before), abs=1e-3)
    assert whole.kept == pytest.approx(later / after, abs=1e-3)


def test_each_module_comes_with_its_outcomes(mine, modules, root):
    """A line for every module, and below it one for every outcome that a test measures."""
    lines = measure([shares_of(mine.responses(), load_outline(root).bank)], modules, LEAST)
    measured = {item.objective for _, item in paper_items("before", root)}

    assert {line.name for line in lines if line.name.startswith("LO-")} == measured
    assert [line.name for line in lines if line.name[0].isdigit()] == [module.id for module in modules]


def test_only_the_first_answer_counts(mine, root):
    """Who tried the last question again has seen the reasons: the second answer is no knowledge."""
    own = shares_of(mine.responses(), load_outline(root).bank)
    *_, (_, last) = paper_items("90-days", root)
    assert own.of("90-days")[last.objective] == 0.0


def test_what_comes_too_early_is_not_called_kept(modules):
    """A third test after two weeks says nothing about what lasts."""
    early, late = learner(1, 0, 1, later=1, waited=14), learner(2, 0, 1, later=0, waited=LEAST)
    assert the_line(measure([early], modules, LEAST), WHOLE).kept is None
    assert the_line(measure([early, late], modules, LEAST), WHOLE).kept == 0.0


def test_nothing_missing_gives_no_normalised_gain(modules):
    """Whoever knew all before can gain nothing: that is not a gain of zero."""
    whole = the_line(measure([learner(1, 1, 1)], modules, LEAST), WHOLE)
    assert (whole.gain, whole.normalised) == (0.0, None)


def test_only_what_was_asked_in_both_tests_is_compared(modules):
    """Who skipped the hard part after the course does not gain by it."""
    one = learner(1, 0, 1)
    one = one.model_copy(update={"tests": {**one.tests, "before": {"LO-00.1": 0.0, "LO-00.3": 1.0}}})
    whole = the_line(measure([one], modules, LEAST), WHOLE)
    assert (whole.before, whole.after) == (0.0, 1.0)


@pytest.mark.parametrize(("many", "said"), [(ENOUGH - 1, None), (ENOUGH, 0.5)])
def test_a_cohort_of_few_says_nothing(modules, many, said):
    """Four learners are no group: only their number is told. With five, the gain of the means."""
    learners = [learner(number, 0.5, 0.75) for number in range(many)]
    whole = the_line(measure(learners, modules, LEAST, ENOUGH), WHOLE)
    assert (whole.learners, whole.normalised, whole.enough) == (many, said, said is not None)
    assert whole.enough_returned is False and whole.kept is None


def test_the_file_holds_no_name_and_no_answer(mine, root, tmp_path):
    """Shares by objective and test alone; a second export is the same file."""
    bank = load_outline(root).bank
    own = shares_of(mine.responses(), bank)
    (tmp_path / own.file_name).write_text(own.as_text(), encoding="utf-8")

    assert "secret" not in own.as_text()
    assert set(json.loads(own.as_text())) == {"format", "version", "token", "waited", "tests"}
    assert not any(item in own.as_text() for item in bank)
    assert read_cohort(tmp_path) == [own] == [shares_of(mine.responses(), bank)]


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b'{"token": "000000000001", "tests": {"before": {"LO-00.1": 2}}}',
        b'{"token": "000000000001", "tests": {"before": {"LO-00.1": "1"}}}',
        b'{"token": "000000000001", "tests": {"exit": {}}}',
        b'{"token": "000000000001", "tests": {}, "name": "somebody"}',
        b" " * 60_000,
    ],
    ids=["no-json", "above-one", "a-text", "no-such-test", "a-name", "too-large"],
)
def test_a_file_of_another_shape_is_refused(tmp_path, content):
    """One sentence that names the file and repeats nothing of it."""
    (tmp_path / "gain-1.json").write_bytes(content)
    with pytest.raises(SubmissionError, match=r"gain-1\.json.*course gain --export") as told:
        read_cohort(tmp_path)
    assert "somebody" not in str(told.value)


def test_a_learner_who_is_there_twice_is_refused(tmp_path):
    """Two files of one learner would count twice in the mean."""
    for name, after in (("gain-1.json", 0.5), ("gain-2.json", 1.0)):
        (tmp_path / name).write_text(learner(1, 0, after).as_text(), encoding="utf-8")
    with pytest.raises(SubmissionError, match=r"gain-2\.json: this learner is in gain-1\.json too"):
        read_cohort(tmp_path)


def test_the_command_says_which_score_to_publish(mine, tmp_path):
    """From my work to a file, and from the files of a group to `not enough to say`."""
    out = tmp_path / "files"
    first = call("gain", "--export", out)
    assert "The score to publish is the one of 90 days later" in first.stdout
    assert len(list(out.iterdir())) == 1

    cohort = call("gain", "--cohort", out)
    assert "not enough" in cohort.stdout and "%" not in cohort.stdout

    told = json.loads(call("gain", "--cohort", out, "--format", "json").stdout)
    assert told["publish"] == "later"
    assert told["lines"][-1] | {"title": ""} == told["lines"][-1]
    assert (told["lines"][-1]["learners"], told["lines"][-1]["gain"]) == (1, None)


def test_the_delay_of_the_tests_is_that_of_the_blueprint(root):
    """What these tests take as the least is what the data says."""
    assert load_blueprint(root).least_days == LEAST


def call(*words):
    """The command `course` as it is typed."""
    return CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)
