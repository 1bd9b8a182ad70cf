"""Faults behind a learner's page: each becomes one card in plain words, with one thing to do."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from html import escape
from pathlib import Path

import pytest

from course.texts import LANGUAGES, direction, section
from course.work import open_work
from tests.faults.in_python import CANARY, IN_A_PAGE, make_place, of_the_program

SCRIPT = Path(__file__).with_name("behind_a_page.py")
TOLD = re.compile(
    r"Traceback|Error\b|Exception|\.py\b|\.yml|\.db\b|line \d|cell|kernel|/tmp|course\.\w|" + CANARY
)
PROGRAM = ("chains-cut-off", "part-of-the-program-gone", "rules-gone")
pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits of files and rights are POSIX's")


def language_of(name):
    """Each case in one of the languages, turn by turn."""
    return LANGUAGES[sorted({*IN_A_PAGE, *PROGRAM}).index(name) % len(LANGUAGES)]


def told_to(name, case, place):
    """One case as the script takes it."""
    language = language_of(name)
    env = {
        "COURSE_ROOT": str(place.root),
        "COURSE_WORK": str(place.work),
        "COURSE_FAULTS": str(place.work.with_name("faults.log")),
        "COURSE_LANGUAGE": language,
    }
    return {
        "name": name,
        "folder": str(place.paper if case.beside else place.root),
        "env": env,
        "call": f"import course; {case.call.replace('{lang}', language)}",
        **({"answer": case.answer} if case.answer else {}),
        **case.more,
    }


def run(cases, **environment):
    """Every case in one process; what each showed."""
    done = subprocess.run(
        [sys.executable, SCRIPT],
        input=json.dumps(cases),
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """What every fault of the two tables shows, and where: one process for each table."""
    folder = tmp_path_factory.mktemp(CANARY)  # what stands in a path must not be told either
    folder.chmod(0o755)
    for above in folder.parents:
        if above.name.startswith("pytest"):
            above.chmod(0o755)  # one case goes on without root's rights
    places, cases = {}, []
    for name, case in IN_A_PAGE.items():
        places[name] = make_place(folder / name)
        case.break_it(places[name])
        cases.append(told_to(name, case, places[name]))
    with closing(sqlite3.connect(places["work-in-use"].work, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        found = run(cases)

    copy = folder / "program"
    shutil.copytree(
        SCRIPT.parents[2] / "course", copy / "course", ignore=shutil.ignore_patterns("__pycache__")
    )
    cases = []
    for name, case in of_the_program(copy).items():
        case.break_it(None)
        places[name] = make_place(folder / name)
        cases.append(told_to(name, case, places[name]))
    return {**found, **run(cases, PYTHONPATH=str(copy))}, places


@pytest.mark.parametrize("name", [*IN_A_PAGE, *PROGRAM])
def test_a_fault_is_a_card(shown, name):
    """One card, an alert, in the page's language and direction: what happened, one thing to do, a sign for
    who helps; no traceback, no path, nothing that the learner wrote; and a helper finds the sign in the log.
    """
    found, places = shown
    kind = IN_A_PAGE[name].kind if name in IN_A_PAGE else of_the_program(Path())[name].kind
    language = language_of(name)
    texts = section("fault", language)
    seen = found[name]
    if seen["said"] is None:
        (card,) = seen["html"]
        opening = f'role="alert" data-fault="{kind}" lang="{language}" dir="{direction(language)}"'
        assert opening in card
        assert len(re.findall(r"<a |<button|<form", card)) == 1
        for words in (texts[f"{kind}-title"], texts[f"{kind}-why"]):
            assert escape(words) in card
        assert not TOLD.search(re.sub(r"<[^>]*>", " ", card) + seen["rest"])
        sign = re.search(r"[0-9A-F]{6}(?=</p>)", card)[0]
    else:
        fault = seen["said"]["fault"]
        assert (seen["said"]["type"], fault["kind"]) == ("not-saved", kind)
        assert (fault["title"], fault["why"]) == (texts[f"{kind}-title"], texts[f"{kind}-why"])
        assert fault["do"] == texts[f"do-{fault['action']}"]
        assert not TOLD.search(json.dumps(seen["said"]))
        sign = fault["reference"][-6:]
    log = places[name].work.with_name("faults.log")
    if name != "folder-read-only":  # there the log cannot be written either
        assert sign in log.read_text(encoding="utf-8")
        assert CANARY not in log.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["disk-full", "folder-read-only", "answer-no-page-sends", "work-in-use"])
def test_what_was_confirmed_before_a_fault_is_still_there(shown, name):
    """The file of my work is whole and holds what it held."""
    _, places = shown
    work = open_work(places[name].work)
    assert work.fields("01-garden/plan")["name"]["response"] == CANARY
    assert work.responses() == []


def test_where_authors_work_the_exception_stays_an_exception(tmp_path):
    """A slip in a lesson must stop the tests of the lessons: elsewhere nothing is caught."""
    place = make_place(tmp_path)
    case = told_to("no-such-set", IN_A_PAGE["no-such-set"], place)
    code = "import IPython, course; course.quiz('01-garden', 'nobody-wrote-this')"
    env = {**os.environ, "COURSE_ROOT": case["env"]["COURSE_ROOT"]}
    env.pop("COURSE_FAULTS", None)
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "has no set of items 'nobody-wrote-this'" in done.stderr
