"""The form as it is published: nothing of today in it, tables to count by hand, small, the same twice."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from datetime import date

import pytest
from bs4 import BeautifulSoup

import course
from course.facts import all_rules
from course.facts.milestones import milestones
from course.planner import PlanError, PlanForm, plan
from course.planner.form import ASSETS, PARTS, form_script, form_style
from course.planner.form_data import form_data, window
from course.texts import LANGUAGES, section


def page(lang="en"):
    """The form's HTML, taken apart."""
    return BeautifulSoup(plan(lang)._repr_html_(), "html.parser")


def test_a_page_calls_it_by_one_name():
    """`course.plan()` is the form."""
    assert course.plan(lang="fr") == PlanForm("fr", "MAR")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_block_names_its_language(lang):
    """Language and direction stand on the form, and its data are those of the language."""
    root = page(lang).select_one(".course-planner")
    assert (root["lang"], root["dir"]) == (lang, "rtl" if lang == "ar" else "ltr")
    data = json.loads(root.select_one("[data-plan=data]").string)
    assert data == form_data(lang)
    assert data["texts"]["form-missing"] == section("planner", lang)["form-missing"]


def test_two_processes_make_the_same():
    """Nothing of the day, the machine or the order of a set is in it."""
    script = (
        "import hashlib, course; print(hashlib.sha256(course.plan('ar')._repr_html_().encode()).hexdigest())"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "TZ": zone},
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(made) == 1


def test_the_years_follow_the_last_look_at_the_rules():
    """The calendar reaches four years beyond it, and moves when somebody looks, not when a day passes."""
    looked = max(rule.checked for rule in all_rules()).year
    assert window() == (looked - 4, looked + 4)
    years = {int(day[:4]) for day in form_data()["home"]["days"]}
    assert years == set(range(looked - 6, looked + 6))


def test_only_a_confirmed_rule_gives_a_last_day():
    """What is recalled or unknown asks for the information note, in words that say NOT CHECKED."""
    data = form_data()
    rules = {rule.id: rule for rule in all_rules()}
    assert rules["cat-session-deadline"].confidence == "recalled"
    (recalled,) = data["bodies"]["CAT"]["stages"]["session"]
    assert "before" not in recalled
    assert recalled["ask"].startswith("NOT CHECKED")
    assert rules["cedaw-session-deadline"].decides
    (confirmed,) = data["bodies"]["CEDAW"]["stages"]["session"]
    assert confirmed["before"] == 7 * int(rules["cedaw-session-deadline"].value)
    assert "ask" not in confirmed


def test_the_tables_to_count_by_hand_hold_the_data():
    """Every step with its days, confirmed last days with their source, holidays with the mark of the moon."""
    steps, rules, holidays = page().select("table")
    rows = [[cell.get_text() for cell in row.select("th, td")] for row in steps.select("tbody tr")]
    assert [(row[0], int(row[1])) for row in rows] == [
        (step.name("en"), step.days) for step in reversed(milestones())
    ]
    text = rules.get_text(" ")
    assert "4 weeks before the opening" in text
    assert "https://cedaw.iwraw-ap.org/cedaw80/" in text
    assert "CAT:" not in text
    named = holidays.get_text(" ")
    assert "Monday 11 January 2027" in named
    assert "(estimated)" in named
    assert not re.search(r"\b2025\b", named)


def test_every_field_has_its_label_and_help():
    """Labels point to fields, descriptions to texts, and no id stands there twice."""
    form = page("ar")
    ids = [tag["id"] for tag in form.select("[id]")]
    assert len(ids) == len(set(ids))
    fields = form.select("form input, form select")
    assert len(fields) == 10
    for field in fields:
        assert form.select_one(f'label[for="{field["id"]}"]').get_text(strip=True)
        if "aria-describedby" in field.attrs:
            assert form.select_one(f"#{field['aria-describedby']}").get_text(strip=True)


def test_no_text_stands_in_the_script():
    """A sentence for readers comes from the texts by its id: no literal holds two words of prose."""
    literals = re.findall(r'"([^"\n]*)"|`([^`\n]*)`', form_script())
    prose = [
        text
        for text in (first or second for first, second in literals)
        if re.search(r"[A-Za-z]{3,} [a-z]{3,}", re.sub(r"\$\{[^}]*\}", "", text)) and text != "use strict"
    ]
    assert prose == []


def test_the_assets_are_small():
    """A telephone on a bad line: the script in at most 6 KB, the style in less than 2."""
    pytest.importorskip("minify")  # no wheel for every system; there the script is longer
    assert len(gzip.compress(form_script().encode())) <= 6 * 1024
    assert len(gzip.compress(form_style().encode())) <= 2 * 1024


def test_the_script_asks_nothing_of_the_network():
    """No address, no request: what is entered cannot leave the page."""
    source = "".join((ASSETS / name).read_text(encoding="utf-8") for name in PARTS)
    for word in ("fetch(", "XMLHttpRequest", "sendBeacon", "WebSocket", "import(", "innerHTML", "eval("):
        assert word not in source, word
    assert "url(" not in form_style()


def test_the_estimated_days_are_marked():
    """The feast of the sacrifice depends on the moon, the first of May does not."""
    home = form_data()["home"]
    named = {day: (home["names"][place], moon) for day, (place, moon) in home["days"].items()}
    assert named["2027-05-01"][1] == 0
    sacrifice = [moon for name, moon in named.values() if "Adha" in name]
    assert sacrifice
    assert set(sacrifice) == {1}
    assert home["rest"] == [6, 7]


def test_an_unknown_country_is_refused_in_words():
    """A code that no calendar knows is named, with what to write."""
    with pytest.raises(PlanError, match="ISO 3166"):
        form_data("en", "XYZ")


def test_a_rule_that_ends_begins_another_case(monkeypatch):
    """Versions of a rule by date become cases by date, each from its own day."""
    from course.facts import reading
    from course.planner import form_data as module

    old = next(rule for rule in all_rules() if rule.id == "cedaw-session-deadline")
    versions = (
        old.model_copy(update={"id": "old", "valid_until": "2027-06"}),
        old.model_copy(update={"id": "new", "valid_from": "2027-07", "value": "6"}),
    )
    changed = (*(rule for rule in all_rules() if rule.id != old.id), *versions)
    monkeypatch.setattr(reading, "all_rules", lambda: changed)
    monkeypatch.setattr(module, "all_rules", lambda: changed)
    cases = module.form_data()["bodies"]["CEDAW"]["stages"]["session"]
    assert [(case["from"], case["before"]) for case in cases] == [
        (f"{window()[0]}-01-01", 28),
        ("2027-07-01", 42),
    ]


def test_the_window_is_said_in_the_fields():
    """The fields for days take the years of the calendar and no others."""
    first, last = window()
    for field in page().select('input[type="date"]'):
        assert date.fromisoformat(field["min"]) == date(first, 1, 1)
        assert date.fromisoformat(field["max"]) == date(last, 12, 31)
