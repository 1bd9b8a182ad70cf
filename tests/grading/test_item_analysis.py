"""Item analysis: values worked out by hand, planted bad items found, nobody named."""

from __future__ import annotations

import csv
import io
import json
import math
import random
import shutil
import zipfile
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from course.content import load_bank
from course.work import open_work
from grading.analysis import analyse, dead_choices, discrimination, flags
from grading.cli import app
from grading.responses import read_responses

SAMPLE = Path(__file__).resolve().parents[1] / "quizzes" / "sample"
QUIZ = "01-garden/exit"
CHOICES = ("a", "b", "c", "d")


def item_of(name):
    """An invented single choice; `a` is right."""
    choices = "".join(f"      {c}: {{text: Text {c}, feedback: Because {c}.}}\n" for c in CHOICES)
    return (
        f"  - id: {name}\n    revision: 2\n    objective: LO-01.1\n    bloom: apply\n"
        f"    kind: single-choice\n    source: Invented for a test\n    stem: Which one?\n"
        f"    choices:\n{choices}    key: a\n"
    )


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course with twelve invented questions."""
    root = tmp_path_factory.mktemp("course")
    shutil.copytree(SAMPLE, root, dirs_exist_ok=True)
    names = [f"q-{number:02}" for number in range(1, 13)]
    items = "items:\n" + "".join(map(item_of, names))
    (root / "modules" / "01-garden" / "items.yml").write_text(items, encoding="utf-8")
    (root / "modules" / "01-garden" / "items.ar.yml").unlink()
    return SimpleNamespace(root=root, bank=load_bank(root), names=names)


@pytest.fixture
def in_course(course, monkeypatch):
    """The course is the one that commands and files are about."""
    monkeypatch.setenv("COURSE_ROOT", str(course.root))
    return course


def at(minute):
    """A moment of an invented day."""
    return f"2027-03-01T{minute // 60:02}:{minute % 60:02}:00.000000Z"


def browser_file(answers, quiz=QUIZ, **more):
    """What a browser saves; `answers` are {item: (response, minute)}."""
    entries = {
        item: {"response": response, "score": None, "at": at(minute), "revision": 2, "lang": "en", **more}
        for item, (response, minute) in answers.items()
    }
    return json.dumps(
        {"format": "course-browser-answers", "version": 1, "quizzes": {quiz: entries}, "forms": {}}
    )


def cohort(names, size=80, seed=5):
    """Simulated learners: {item: response} each. Four of the items are bad on purpose.

    q-01 has a wrong key, q-02 is known to all, q-03 to nobody; nobody takes `d` of q-04.
    """
    chance = random.Random(seed)
    for _ in range(size):
        ability = chance.gauss(0, 1.3)
        own = {}
        for place, name in enumerate(names):
            knows = chance.random() < 1 / (1 + math.exp(-1.7 * (ability - (place - 6) / 5)))
            wrong = chance.choice("bcd")
            own[name] = "a" if knows else wrong
            if name == "q-01":
                own[name] = "b" if knows else chance.choice("acd")
            if name == "q-02":
                own[name] = "a" if chance.random() < 0.985 else "b"
            if name == "q-03":
                own[name] = "a" if chance.random() < 0.1 else wrong
            if name == "q-04" and own[name] == "d":
                own[name] = "b"
        yield own


@pytest.fixture
def inbox(in_course, tmp_path):
    """The simulated cohort's files: folders, a zip, copies of my work, and a few other things."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    for number, own in enumerate(cohort(in_course.names)):
        content = browser_file({name: (response, number) for name, response in own.items()})
        if number < 10:
            (folder / f"box-{number}").mkdir()
            (folder / f"box-{number}" / "answers-of-my-browser.json").write_text(content)
        elif number < 20:
            with zipfile.ZipFile(folder / "platform.zip", "a") as archive:
                archive.writestr(f"upload-{number}/answers.json", content)
        elif number < 23:
            work = open_work(folder / f"work-{number}.db")
            work.import_browser(json.loads(content))
        else:
            (folder / f"learner-{number}.json").write_text(content)
    (folder / "notes.txt").write_text("A note of the instructor")
    (folder / "answers.json").write_text(json.dumps({"format": "course-answers", "version": 1}))
    return folder


@pytest.fixture
def items(in_course):
    """`items("inbox", ...)`: the command `grading items`."""

    def run(*words):
        done = CliRunner().invoke(app, ["items", *map(str, words)])
        return SimpleNamespace(
            returncode=done.exit_code, stdout=done.stdout, stderr=done.stderr, fault=str(done.exception)
        )

    return run


# The figures -------------------------------------------------------------------------------------


def test_discrimination_is_what_a_person_works_out():
    """Ten learners, worked out on paper.

    27 % of 10 are 2.7 learners. The best three elsewhere have 9, 8 and 7: 1, 1 and 0.7 of 1 make
    2.7 of 2.7. The weakest have 0, 1 and twice 2: 0 + 0 + 0.35 of 0 + 0.35 of 1 make 0.35 of 2.7.
    """
    others = pd.Series([0, 1, 2, 2, 4, 5, 6, 7, 8, 9], dtype=float)
    item = pd.Series([0, 0, 0, 1, 0, 1, 1, 1, 1, 1], dtype=float)
    index, correlation = discrimination(item, others)
    assert index == pytest.approx(float(Fraction(27, 27) - Fraction(35, 270)))
    # Sum of products 37 - 10 * 0.6 * 4.4 = 10.6; of squares 280 - 193.6 = 86.4 and 6 - 3.6 = 2.4.
    assert correlation == pytest.approx(10.6 / math.sqrt(86.4 * 2.4))
    assert correlation == pytest.approx(np.corrcoef(item, others)[0, 1])


def test_who_comes_first_in_a_folder_decides_nothing():
    """Learners who are equal elsewhere count alike, in whatever order their files lie."""
    others = pd.Series([1.0] * 10 + [2.0] * 10)
    item = pd.Series([0.0, 1.0] * 5 + [1.0] * 8 + [0.0] * 2)
    turned = discrimination(item[::-1].reset_index(drop=True), others[::-1].reset_index(drop=True))
    assert discrimination(item, others) == pytest.approx(turned)
    assert discrimination(item, others)[0] == pytest.approx(0.8 - 0.5)


@pytest.mark.parametrize(
    ("answers", "p", "index", "dead", "expected"),
    [
        (19, 0.1, -0.5, ["c"], ("few",)),
        (20, 0.249, 0.5, [], ("hard",)),
        (20, 0.25, 0.5, [], ()),
        (20, 0.95, 0.15, [], ()),
        (20, 0.951, 0.149, ["c"], ("easy", "weak", "dead")),
        (20, 0.5, math.nan, [], ()),
    ],
)
def test_flags_are_raised_at_their_limits(answers, p, index, dead, expected):
    """p below .25 or above .95, D below .15, a dead choice; below 20 answers nothing is judged."""
    assert flags(answers, p, index, dead) == expected


def test_a_wrong_choice_is_dead_below_three_in_a_hundred(in_course):
    """One of 34 is below, one of 33 is not; the key is never dead."""
    item = in_course.bank["q-01"][1]
    assert set(dead_choices(item, ["b"] * 32 + ["c", "d"])) == {"c", "d"}
    assert set(dead_choices(item, ["b"] * 32 + ["c"])) == {"d"}
    assert set(dead_choices(item, ["b"] * 97 + ["c"] * 3)) == {"d"}


def test_wrong_choices_are_known_in_every_kind_that_offers_them():
    """In gaps, categories, pools and lists; a damaged response is nobody's choice."""
    bank = {name: item for name, (_, item) in load_bank(SAMPLE).items()}
    odd = [None, 3, {"x": ["y"]}, ["mint", 5], {"spade": 7}] * 10
    dead = {name: set(dead_choices(item, odd)) for name, item in bank.items()}
    assert dead["garden-many"] == {"bean", "melon"}
    assert dead["garden-match"] == {"carrying"}
    assert dead["garden-gaps"] >= {"season.winter", "plant.mint"}
    assert dead["garden-chain"] == set(bank["garden-chain"].choices) - set(bank["garden-chain"].key.values())
    assert dead["garden-number"] == dead["garden-order"] == set()
    filled = set(dead_choices(bank["garden-gaps"], [{"season": "winter"}] * 10))
    assert "season.winter" not in filled


def test_the_figures_of_a_cohort_are_those_of_numpy(in_course):
    """p is the mean; r is the correlation with the mean of the other items, never with its own."""
    answers = list(cohort(in_course.names))
    work = [[response_to(name, own[name], 2, minute) for name in own] for minute, own in enumerate(answers)]
    scores = np.array([[own[name] == "a" for name in in_course.names] for own in answers], dtype=float)
    rows = {row["item"]: row for row in analyse(work, in_course.bank).table.to_dict("records")}
    for place, name in enumerate(in_course.names):
        others = np.delete(scores, place, axis=1).mean(axis=1)
        assert rows[name]["p"] == pytest.approx(scores[:, place].mean())
        if scores[:, place].std():
            assert rows[name]["r"] == pytest.approx(np.corrcoef(scores[:, place], others)[0, 1])
        else:  # all know it, so it goes with nothing
            assert math.isnan(rows[name]["r"])


def test_partial_credit_counts_as_part():
    """Difficulty is the mean score: half of what is right makes half."""
    bank = load_bank(SAMPLE)
    work = [
        [response_to("garden-many", ["mint"], 2)],
        [response_to("garden-many", ["mint", "thyme"], 2)],
        [response_to("garden-many", {"not": "a list"}, 2)],
    ]
    (row,) = analyse(work, bank).table.to_dict("records")
    assert row["p"] == pytest.approx((0.5 + 1 + 0) / 3)
    assert row["flags"] == ("few",)


def response_to(item, response, revision, minute=0):
    """One record of my work."""
    from course.work.records import Response

    return Response(
        quiz=QUIZ,
        item=item,
        revision=revision,
        objective="",
        language="en",
        response=response,
        score=None,
        at=at(minute),
    )


# The cohort --------------------------------------------------------------------------------------


def test_planted_bad_items_are_found_and_good_ones_are_not(items, inbox):
    """Of twelve items four are bad, each in its own way; the table says which, and the status too."""
    done = items(inbox, "--format", "json")
    rows = {row["item"]: row for row in json.loads(done.stdout)}
    assert done.returncode == 1
    assert {row["answers"] for row in rows.values()} == {80}
    assert "weak" in rows["q-01"]["flags"]
    assert rows["q-01"]["D"] < 0 > rows["q-01"]["r"]
    assert "easy" in rows["q-02"]["flags"]
    assert "hard" in rows["q-03"]["flags"]
    assert (rows["q-04"]["flags"], rows["q-04"]["dead"]) == (["dead"], ["d"])
    assert [name for name in rows if rows[name]["flags"] and name > "q-04"] == []
    assert "2 other files are passed over" in done.stderr


def test_the_table_is_the_same_for_people_and_programs(items, inbox):
    """CSV alone on stdout; in words with the meaning of each flag that is there."""
    table = list(csv.DictReader(io.StringIO(items(inbox, "--format", "csv").stdout)))
    rows = json.loads(items(inbox, "--format", "json").stdout)
    assert [row["item"] for row in table] == [row["item"] for row in rows]
    assert {row["item"]: float(row["p"]) for row in table} == {row["item"]: row["p"] for row in rows}
    said = items(inbox).stdout
    assert "hard: p below 0.25" in said
    assert "few:" not in said


def test_nobody_is_named(items, inbox, tmp_path):
    """Neither in the table nor in the picture stands a file's name or a part of it."""
    picture = tmp_path / "items.svg"
    printed = items(inbox, "--picture", picture).stdout + items(inbox, "--format", "csv").stdout
    for name in ("learner-", "box-", "upload-", "work-2", ".json"):
        assert name not in printed + picture.read_text(encoding="utf-8")


def test_the_picture_says_in_words_what_it_shows(items, inbox, tmp_path):
    """A title and a description that name the items to look at; twice the same bytes."""
    first, second = tmp_path / "a.svg", tmp_path / "b.svg"
    items(inbox, "--picture", first)
    items(inbox, "--picture", second)
    assert first.read_bytes() == second.read_bytes()
    svg = ElementTree.fromstring(first.read_text(encoding="utf-8"))
    space = "{http://www.w3.org/2000/svg}"
    named = {svg.find(f"{space}title").get("id"), svg.find(f"{space}desc").get("id")}
    assert (svg.get("role"), set(svg.get("aria-labelledby").split())) == ("img", named)
    description = svg.findtext(f"{space}desc")
    assert "q-01 (hard, weak)" in description
    assert "80 learners" in description
    assert "q-09" not in "".join(svg.itertext())


def test_a_small_group_is_not_judged(items, in_course, tmp_path):
    """With 19 learners the figures are there, and that they say nothing yet; the status is 0."""
    for number, own in enumerate(cohort(in_course.names, size=19)):
        (tmp_path / f"{number}.json").write_text(browser_file({n: (r, number) for n, r in own.items()}))
    done = items(tmp_path, "--format", "json")
    assert done.returncode == 0
    assert {tuple(row["flags"]) for row in json.loads(done.stdout)} == {("few",)}
    assert "few: fewer than 20" in items(tmp_path).stdout


# Whose answers, and which ----------------------------------------------------------------------------


def first_answers(in_course, folder):
    """{item: response} of each learner in a folder, as the analysis takes them."""
    gathered = read_responses([folder])
    assert gathered.faults == []
    found = []
    for own in gathered.learners:
        first = {}
        for response in own:
            first.setdefault(response.item, response.response)
        found.append(first)
    return sorted(found, key=str)


def test_only_the_first_answer_counts(in_course, tmp_path):
    """A later one has seen the feedback, in the same quiz or in another."""
    document = json.loads(browser_file({"q-01": ("a", 9)}, attempt=2))
    before = {"response": "b", "score": 0.0, "at": at(3), "revision": 2, "lang": "en"}
    document["quizzes"][QUIZ]["q-01"]["earlier"] = [before]
    document["quizzes"]["01-garden/start"] = {"q-01": {**before, "response": "c", "at": at(1)}}
    (tmp_path / "x.json").write_text(json.dumps(document))
    assert first_answers(in_course, tmp_path) == [{"q-01": "c"}]
    document["quizzes"]["01-garden/start"]["q-01"]["response"] = "a"
    document["quizzes"][QUIZ]["q-01"]["response"] = "b"
    (tmp_path / "x.json").write_text(json.dumps(document))
    (row,) = analyse(read_responses([tmp_path]).learners, in_course.bank).table.to_dict("records")
    assert (row["answers"], row["p"]) == (1, 1.0)


def test_an_answer_whose_first_try_is_not_in_the_file_is_left_out(in_course, tmp_path):
    """An older file keeps the last answer only, and says that it was the third."""
    (tmp_path / "x.json").write_text(browser_file({"q-01": ("a", 9)}, attempt=3))
    (tmp_path / "y.json").write_text(browser_file({"q-02": ("a", 9)}, attempt=1))
    assert first_answers(in_course, tmp_path) == [{"q-02": "a"}]


def test_two_files_of_one_learner_are_one_learner(in_course, tmp_path):
    """They share an answer, or lie side by side in a folder of their own; others stay apart."""
    (tmp_path / "old.json").write_text(browser_file({"q-01": ("a", 1)}))
    (tmp_path / "new.json").write_text(browser_file({"q-01": ("a", 1), "q-02": ("b", 2)}))
    (tmp_path / "other.json").write_text(browser_file({"q-01": ("a", 3)}))
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "page.json").write_text(browser_file({"q-01": ("c", 4)}))
    open_work(tmp_path / "own" / "my-work.db").import_browser(json.loads(browser_file({"q-03": ("d", 5)})))
    assert first_answers(in_course, tmp_path) == sorted(
        [{"q-01": "a", "q-02": "b"}, {"q-01": "a"}, {"q-01": "c", "q-03": "d"}], key=str
    )


def test_a_region_in_a_folder_stays_many_learners(in_course, tmp_path):
    """Files of one kind in one folder are different people's."""
    (tmp_path / "region").mkdir()
    for number in range(3):
        (tmp_path / "region" / f"{number}.json").write_text(browser_file({"q-01": ("a", number)}))
    assert len(first_answers(in_course, tmp_path)) == 3


def test_answers_to_an_older_question_and_to_drills_are_left_out(items, tmp_path):
    """And counted, so that nobody wonders where they are."""
    (tmp_path / "a.json").write_text(browser_file({"q-01": ("a", 1)}))
    (tmp_path / "b.json").write_text(browser_file({"q-02": ("a", 1)}, revision=1))
    (tmp_path / "c.json").write_text(browser_file({"deadline-x": ("a", 1)}, quiz="01-garden/drill-x"))
    done = items(tmp_path, "--format", "json")
    assert [row["item"] for row in json.loads(done.stdout)] == ["q-01"]
    assert "1 answers to questions that have changed since are left out" in done.stderr
    assert "1 answers to other questions are left out" in done.stderr


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("half.json", b'{"format": "course-browser-'),
        ("odd.json", b'{"format": "course-browser-answers", "version": 1, "quizzes": {"x": {"y": {}}}}'),
        ("work.db", b"no database" * 200),
        ("broken.zip", b"PK\x03\x04 and then nothing"),
        ("deep.json", b"[" * 100_000),
    ],
)
def test_a_damaged_file_is_named_and_the_others_go_on(items, tmp_path, name, content):
    """One sentence on stderr; the table of the rest is there, and the status is 1."""
    (tmp_path / "good.json").write_text(browser_file({"q-01": ("a", 1)}))
    (tmp_path / name).write_bytes(content)
    before = sorted(path.name for path in tmp_path.iterdir())
    done = items(tmp_path, "--format", "json")
    assert done.returncode == 1
    assert f"Not read: {name}: " in done.stderr
    assert [row["item"] for row in json.loads(done.stdout)] == ["q-01"]
    assert sorted(path.name for path in tmp_path.iterdir()) == before


@pytest.mark.parametrize("words", [["nowhere"], ["."], [".", "--module", "09-none"]])
def test_a_wrong_call_is_one_sentence(items, tmp_path, monkeypatch, words):
    """A folder that is not there, one without answers, a module that is not there."""
    monkeypatch.chdir(tmp_path)
    done = items(*words)
    assert done.stdout == ""
    assert len(done.fault.splitlines()) == 1
    assert words[-1] in done.fault or "no answer to a question" in done.fault
