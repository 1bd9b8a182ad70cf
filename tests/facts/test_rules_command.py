"""`course rules`: side by side, by source, stale, compared; JSON alone on stdout."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from types import SimpleNamespace

import pytest

from course.cli import main
from course.facts import all_facts, bodies
from course.facts.reading import RULES

FIRST_LOOK = min(fact.given.checked for fact in all_facts())


@pytest.fixture
def course(monkeypatch, capsys):
    """`course("rules", "--stale")`: the command without starting a process."""

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["course", *map(str, words)])
        with pytest.raises(SystemExit) as end:
            main()
        said = capsys.readouterr()
        return SimpleNamespace(status=end.value.code or 0, stdout=said.out, stderr=said.err)

    return run


def test_bodies_stand_side_by_side_and_what_is_not_checked_says_so(course):
    """Ten rows; CESCR's recalled pages carry the words."""
    done = course("rules")
    assert done.status == 0
    for code in bodies():
        assert f"│ {code} " in done.stdout
    row = done.stdout[done.stdout.index("│ CESCR") :]
    assert "10 pages" in row.splitlines()[0]
    assert "NOT CHECKED" in row.splitlines()[1]
    assert "3300 words" in done.stdout


def test_every_value_in_json_has_source_dates_and_confidence(course):
    """The keys that programs rely on; a gap is null."""
    rows = json.loads(course("rules", "--format", "json").stdout)
    assert len(rows) >= 150
    for row in rows:
        assert row.keys() >= {"value", "source", "as_of", "checked", "confidence"}
        assert row["source"]
        assert (row["value"] is None) == (row["confidence"] == "gap")
    assert sum(row["confidence"] == "verified" for row in rows) / len(rows) >= 0.7


def test_sources_are_shown_on_demand(course):
    """Each value with its address and how sure it is."""
    done = course("rules", "--source")
    assert done.status == 0
    assert "https://cedaw.iwraw-ap.org/cedaw80/" in done.stdout
    assert "NOT CHECKED: recalled" in done.stdout


def test_nothing_is_stale_a_day_after_the_last_look(course):
    """Clean: exit status 0."""
    done = course("rules", "--stale", "--on", FIRST_LOOK + timedelta(1))
    assert (done.status, done.stdout) == (0, "0 values to look at again.\n")


def test_stale_values_are_findings(course):
    """After 120 days: exit status 1, the days since, only the body asked for."""
    done = course(
        "rules", "--stale", "--on", FIRST_LOOK + timedelta(120), "--body", "CEDAW", "--format", "json"
    )
    rows = json.loads(done.stdout)
    assert done.status == 1
    assert {row["body"] for row in rows} == {"CEDAW"}
    assert "120 days ago" in course("rules", "--stale", "--on", FIRST_LOOK + timedelta(120)).stdout


def test_the_day_chooses_between_two_versions(course):
    """In 2010 the UPR counted pages."""
    told = course("rules", "--body", "UPR", "--stage", "upr-joint", "--on", "2010-05-01").stdout
    assert "UPR, upr-joint, length, until 2011-10-31: 10 (pages)" in told
    assert "5630" not in told


def test_two_days_are_compared(course):
    """One line a change."""
    done = course("rules", "--diff", "2011-10-31", "2011-11-01")
    assert done.status == 0
    assert "UPR, upr-individual, length (upr): value: 5 -> 2815" in done.stdout


def test_two_files_are_compared(course, tmp_path):
    """As JSON, with the columns that differ."""
    changed = tmp_path / "upr.csv"
    changed.write_text((RULES / "upr.csv").read_text(encoding="utf-8").replace(",2815,words", ",2800,words"))
    rows = json.loads(course("rules", "--diff", RULES / "upr.csv", changed, "--format", "json").stdout)
    assert rows == [
        {"id": "upr-individual-length-words", "field": "value", "before": "2815", "after": "2800"},
    ]


@pytest.mark.parametrize(
    "words",
    [
        ("--on", "tomorrow"),
        ("--diff", "2011-10-31", "nowhere.csv"),
        ("--body", "XYZ"),
        ("--stale", "--on", "2027-13-01"),
    ],
)
def test_a_wrong_call_is_one_sentence(course, words):
    """Exit status 2, nothing on stdout."""
    done = course("rules", *words)
    assert (done.status, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
