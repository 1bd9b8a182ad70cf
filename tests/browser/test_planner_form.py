"""The planner's form in a real browser: the same plans as Python's, for everyone, and nothing leaves it."""

from __future__ import annotations

import json
import random
from datetime import date, datetime, time, timedelta
from importlib.resources import files

import pytest
from icalendar import Calendar

from course.facts import bodies
from course.planner import PlanError, SessionNote, plan, plan_backward
from course.planner.appointments import make_calendar
from course.planner.form_data import form_data, window
from course.planner.models import UPR
from course.planner.rests import STAGES
from course.planner.table import plan_rows, plan_title, say_deadline, say_start
from course.texts import direction
from tests.learn.garden import course_learn, make_garden, write_lesson

pytestmark = pytest.mark.browser
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
LINK = "https://example.org/note-of-the-session"
SESSION, TODAY = "2027-10-11", "2026-11-23"
ASKED = 700
JS_PLANS = """([data, inputs]) => inputs.map((asked) => {
  const iso = (day) => new Date(day * 86400000).toISOString().slice(0, 10);
  try {
    const plan = coursePlanner.makePlan(data, asked);
    return {
      title: plan.title, deadline: plan.deadlineSaid, start: plan.startSaid, notes: plan.notes,
      steps: plan.steps.map((step) => [step.id, iso(step.day), step.working, step.remarks]),
      bases: plan.bases.map((basis) => [basis.name, basis.value, basis.confidence, basis.source]),
    };
  } catch (refusal) {
    return { refused: refusal.message };
  }
})"""


def write_form(folder, lang="en", form=None):
    """The form on a page of its own, as the book would hold it; its address."""
    path = folder / f"plan-{lang}.html"
    path.write_text(
        f'<!DOCTYPE html><html lang="{lang}" dir="{direction(lang)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><title>A page</title></head>'
        f"<body><main><h1>A page</h1>{(form or plan(lang))._repr_html_()}</main></body></html>",
        encoding="utf-8",
    )
    return path.as_uri()


def open_form(tab, address):
    """Go there and wait until the form works."""
    tab.goto(address)
    tab.wait_for_selector(".course-planner[data-ready=true]")
    return tab


def fill(tab, **values):
    """Enter values by the fields' names, as a reader does from above to below."""
    for name, value in values.items():
        control = tab.locator(f'.course-planner [name="{name}"]')
        if name in ("body", "stage"):
            control.select_option(value)
        else:
            control.fill(value)
            control.blur()


def fill_session(tab, **values):
    """What is needed for a plan of the women's committee, and more."""
    fill(tab, **{"body": "CEDAW", "stage": "session", "session": SESSION, "today": TODAY, **values})


def show(tab):
    """Press the button that plans."""
    tab.locator(".course-planner button[type=submit]").click()


def said(tab):
    """What the form says aloud."""
    return tab.locator(".cp-status").inner_text()


def violations(tab):
    """What axe finds, each as its rule and the nodes."""
    tab.evaluate(AXE)
    found = tab.evaluate("axe.run(document)")
    assert found["passes"], "axe looked at nothing"
    return [(rule["id"], [node["html"][:150] for node in rule["nodes"]]) for rule in found["violations"]]


def random_inputs(count):
    """What people may enter, for every body and stage: notes, hours, days at rest, too late, too early."""
    dice = random.Random(20261123)
    pairs = [(code, stage) for code in (*bodies(), UPR) for stage in STAGES[code == UPR]]
    first, last = (date(year, 1, 1) for year in window())
    for place in range(count):
        body, stage = pairs[place % len(pairs)]
        session = first + timedelta(dice.randrange((last - first).days + 365))
        today = session - timedelta(dice.choice([0, 3, 40, 90, 120, 200, 300, 400, -30, -600]))
        asked = {"body": body, "stage": stage, "session": session.isoformat(), "today": today.isoformat()}
        if dice.random() < 0.85:
            after = stage == "follow-up"
            days = dice.choice([0, 1, 14, 28, 45, 61, 75, 100, 150, 200, -20]) * (-1 if after else 1)
            asked["deadline"] = (session - timedelta(days)).isoformat()
            asked["link"] = dice.choice(
                [LINK] * 40 + ["example.org", "https://example", "ftp://example.org/a"]
            )
            asked["dated"] = (
                today - timedelta(dice.choice([0, 5, 30, 60, 121, 150, 400, 500, -1]))
            ).isoformat()
            asked["hour"] = dice.choice(["", "", "12:00", "18:00"])
        asked["words"] = dice.choice(
            ["", "", "", "1", "990", "4500", "12000", "20000", "77000", "150000", "0", "300000"]
        )
        asked["pace"] = dice.choice(["", "", "", "", "450", "600", "1000", "1500", "2500", "0"])
        yield asked


def planned(asked, lang):
    """The same in Python: the plan as the browser tells it."""
    day = {
        name: date.fromisoformat(asked[name])
        for name in ("session", "today", "deadline", "dated")
        if asked.get(name)
    }
    try:
        note = None
        if "deadline" in day:
            hour = time.fromisoformat(asked["hour"]) if asked.get("hour") else None
            note = SessionNote(asked["link"], day["dated"], deadline=day["deadline"], hour=hour)
        made = plan_backward(
            asked["body"],
            asked["stage"],
            day["session"],
            day["today"],
            words=int(asked["words"]) if asked.get("words") else None,
            **({"pace_words_per_day": int(asked["pace"])} if asked.get("pace") else {}),
            entered=note,
        )
    except PlanError as error:
        return {"refused": error.note.said(lang)}
    return {
        "title": plan_title(made, lang),
        "deadline": say_deadline(made, lang),
        "start": say_start(made, lang),
        "notes": [each.said(lang) for each in made.notes],
        "steps": [
            [row["id"], row["day"].isoformat(), row["working_days_before"], row["remarks"]]
            for row in plan_rows(made, lang)
        ],
        "bases": [[each.name, each.value(lang), each.confidence, each.source] for each in made.basis],
    }


def inside(asked):
    """Whether every day lies in the years that the form plans for; outside it refuses by design."""
    first, last = window()
    days = [asked[name] for name in ("session", "today", "deadline") if asked.get(name)]
    return all(first <= int(day[:4]) <= last for day in days)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_page_plans_as_python_does(offline_page, tmp_path, lang):
    """Over hundreds of inputs: every day, remark, note, basis and refusal is the same, word by word."""
    open_form(offline_page, write_form(tmp_path, lang))
    inputs = [asked for asked in random_inputs(ASKED) if inside(asked)]
    found = offline_page.evaluate(JS_PLANS, [form_data(lang), inputs])
    plans = [each for each in found if "steps" in each]
    for asked, each in zip(inputs, found, strict=True):
        assert each == planned(asked, lang), asked
    assert len(plans) >= 200
    assert len(found) - len(plans) >= 80


def test_every_day_of_a_year_gives_the_plan_of_python(offline_page, tmp_path):
    """A session on each day of a year: weekends, holidays, estimated feasts, and both sets of fixed days."""
    open_form(offline_page, write_form(tmp_path))
    days = [date(2027, 1, 1) + timedelta(n) for n in range(365)]
    inputs = [
        {"body": body, "stage": "session", "session": day.isoformat(), "today": TODAY, "words": "6000"}
        for day in days
        for body in ("CEDAW", "CRC")
    ]
    found = offline_page.evaluate(JS_PLANS, [form_data(), inputs])
    assert all("steps" in each for each in found)
    for asked, each in zip(inputs, found, strict=True):
        assert each == planned(asked, "en"), asked


def test_a_rule_that_changes_on_a_day_changes_the_plan_on_that_day(offline_page, tmp_path):
    """Two versions side by side: the day of the session chooses."""
    data = form_data()
    (case,) = data["bodies"]["CEDAW"]["stages"]["session"]
    data["bodies"]["CEDAW"]["stages"]["session"] = [case, {**case, "from": "2027-10-11", "before": 42}]
    open_form(offline_page, write_form(tmp_path))
    inputs = [
        {"body": "CEDAW", "stage": "session", "session": day, "today": TODAY}
        for day in ("2027-10-10", SESSION)
    ]
    earlier, later = offline_page.evaluate(JS_PLANS, [data, inputs])
    assert "12 September 2027" in earlier["deadline"]
    assert "30 August 2027" in later["deadline"]


def test_another_country_rests_on_its_own_days(offline_page, tmp_path):
    """Nothing is bound to one country: with Tunisia's calendar the days are those of Tunisia."""
    open_form(offline_page, write_form(tmp_path))
    asked = {"body": "CEDAW", "stage": "session", "session": "2027-04-17", "today": TODAY}
    (found,) = offline_page.evaluate(JS_PLANS, [form_data("en", "TUN"), [asked]])
    made = plan_backward("CEDAW", "session", date(2027, 4, 17), date.fromisoformat(TODAY), country="TUN")
    assert found["steps"] == [
        [row["id"], row["day"].isoformat(), row["working_days_before"], row["remarks"]]
        for row in plan_rows(made)
    ]
    assert found["notes"] != planned(asked, "en")["notes"]


def events(content):
    """The events of a file of appointments, by their UID, with all that a calendar program uses."""

    def moment(value):
        return value.isoformat() + (str(value.utcoffset()) if isinstance(value, datetime) else "")

    parsed = Calendar.from_ical(content)
    told = {
        str(event["uid"]): {
            **{name: str(event[name]) for name in ("summary", "description", "class")},
            **{name: moment(event.decoded(name)) for name in ("dtstart", "dtend", "dtstamp")},
            "transp": str(event.get("transp")),
            "alarms": [
                (str(alarm["action"]), str(alarm["description"]), alarm.decoded("trigger"))
                for alarm in event.walk("VALARM")
            ],
        }
        for event in parsed.walk("VEVENT")
    }
    return {"name": str(parsed["x-wr-calname"]), "product": str(parsed["prodid"]), "events": told}


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_file_of_appointments_is_that_of_python(offline_page, tmp_path, lang):
    """Downloaded from the page and read by icalendar: the same events, moments and alarms."""
    open_form(offline_page, write_form(tmp_path, lang))
    note = {"deadline": "2027-09-20", "hour": "18:00", "link": f"{LINK};a,b", "dated": "2026-11-01"}
    fill_session(offline_page, **note, words="9000")
    show(offline_page)
    with offline_page.expect_download() as download:
        offline_page.locator("[data-action=calendar]").click()
    assert download.value.suggested_filename == f"plan-cedaw-session-{SESSION}.ics"
    content = download.value.path().read_bytes()
    made = plan_backward(
        "CEDAW",
        "session",
        date.fromisoformat(SESSION),
        date.fromisoformat(TODAY),
        words=9000,
        entered=SessionNote(note["link"], date(2026, 11, 1), deadline=date(2027, 9, 20), hour=time(18)),
    )
    assert events(content) == events(make_calendar(made, lang))
    assert len(events(content)["events"]) == 11
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_a_past_session_is_no_appointment(offline_page, tmp_path):
    """After the observations only the steps and the last day stand in the calendar."""
    open_form(offline_page, write_form(tmp_path))
    asked = {"body": "CEDAW", "stage": "follow-up", "session": "2024-02-05", "today": TODAY}
    asked |= {"deadline": "2027-03-01", "link": LINK, "dated": "2026-11-01"}
    content = offline_page.evaluate(
        "([data, asked]) => coursePlanner.makeCalendar(data, coursePlanner.makePlan(data, asked))",
        [form_data(), asked],
    )
    assert len(events(content)["events"]) == 10


def test_the_form_is_used_by_keyboard(offline_page, tmp_path):
    """Choose, write, press Enter: the plan is said aloud and stands there in the order of time."""
    open_form(offline_page, write_form(tmp_path))
    offline_page.locator("[name=body]").focus()
    offline_page.keyboard.type("CEDAW")
    offline_page.keyboard.press("Tab")
    offline_page.keyboard.type("review")
    offline_page.keyboard.press("Tab")
    offline_page.keyboard.type("10112027")
    offline_page.keyboard.press("Enter")
    assert "Monday 13 September 2027, 23:59 in Geneva" in said(offline_page)
    days = offline_page.locator(".cp-steps time").evaluate_all("all => all.map((each) => each.dateTime)")
    assert len(days) == 11
    assert days == sorted(days)
    assert "[object" not in offline_page.locator(".cp-plan").inner_text()


def test_what_is_missing_is_named_and_reached(offline_page, tmp_path):
    """Without a confirmed rule the last day is asked for, with link and date; the focus goes to the field."""
    tab = open_form(offline_page, write_form(tmp_path))
    show(tab)
    assert said(tab) == "Still missing or not complete: Committee or review."
    fill(tab, body="HRCttee", stage="session", session=SESSION, today=TODAY)
    show(tab)
    assert "the last day stands only in the information note" in said(tab)
    assert tab.evaluate("document.activeElement.name") == "deadline"
    fill(tab, deadline="2027-09-20")
    assert said(tab) == "Still missing or not complete: Link to the note."
    fill(tab, link="example.org")
    fill(tab, dated="2026-11-01")
    assert "is no address" in said(tab)
    assert tab.locator("[aria-invalid]").get_attribute("name") == "link"
    fill(tab, link=LINK)
    assert "Monday 20 September 2027" in said(tab)
    assert tab.locator("[aria-invalid]").count() == 0
    assert "NOT CHECKED" in tab.locator(".cp-plan").inner_text()


def test_the_note_of_one_session_never_decides_for_another_committee(offline_page, tmp_path):
    """Another committee or stage empties what was taken from the note."""
    tab = open_form(offline_page, write_form(tmp_path))
    fill_session(tab, deadline="2027-09-01", link=LINK, dated="2026-11-01")
    show(tab)
    assert "1 September 2027" in said(tab)
    fill(tab, body="CRC")
    assert tab.locator("[name=deadline]").input_value() == ""
    assert "1 September 2027" not in said(tab)


def test_the_page_answers_where_there_is_no_such_stage(offline_page, tmp_path):
    """The Subcommittee visits and reads no reports: that is said, with what to do."""
    tab = open_form(offline_page, write_form(tmp_path))
    fill(tab, body="SPT", stage="session", session=SESSION, today=TODAY)
    show(tab)
    assert "it visits" in said(tab)
    assert tab.locator(".cp-result").is_hidden()


def test_today_is_the_browsers_day_and_the_rest_is_kept(browser, tmp_path):
    """The plan is there again after a reload, seen from the new day; one button takes all of it away."""
    address = write_form(tmp_path)
    context = browser.new_context(timezone_id="Pacific/Auckland")
    tab = context.new_page()
    tab.clock.set_fixed_time(datetime.fromisoformat("2026-11-23T12:30:00+00:00"))  # the 24th in Auckland
    open_form(tab, address)
    assert tab.locator("[name=today]").input_value() == "2026-11-24"
    fill_session(tab, words="٩٠٠٠")
    show(tab)
    tab.clock.set_fixed_time(datetime.fromisoformat("2027-01-10T12:00:00+00:00"))
    tab.reload()
    tab.wait_for_selector(".course-planner[data-ready=true]")
    assert tab.locator("[name=today]").input_value() == "2027-01-11"
    assert "Monday 13 September 2027" in said(tab)
    assert "9000 words" in tab.locator(".cp-plan").inner_text()
    kept = json.loads(tab.evaluate("localStorage.getItem('course:plan')"))
    assert kept["session"] == SESSION
    assert "today" not in kept
    tab.locator("[data-action=clear]").click()
    assert tab.evaluate("localStorage.length") == 0
    assert "Nothing of your plan is left" in said(tab)
    assert tab.locator("[name=session]").input_value() == ""
    assert tab.locator(".cp-result").is_hidden()
    context.close()


def test_damaged_or_forbidden_keeping_does_not_stop_the_form(offline_page, tmp_path):
    """Rubbish under the key, or a browser that keeps nothing: the plan is made all the same."""
    address = write_form(tmp_path)
    open_form(offline_page, address)
    offline_page.evaluate("localStorage.setItem('course:plan', '{\"session\": [1]')")
    open_form(offline_page, address)
    offline_page.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); };")
    open_form(offline_page, address)
    fill_session(offline_page)
    show(offline_page)
    assert "13 September 2027" in said(offline_page)
    assert offline_page.problems == []


@pytest.mark.parametrize(
    ("lang", "width", "scheme"),
    [("en", 1280, "light"), ("en", 360, "dark"), ("ar", 1280, "dark"), ("ar", 360, "light")],
)
def test_axe_finds_nothing(offline_page, tmp_path, lang, width, scheme):
    """Empty, refused, planned and opened by hand; nothing is wider than the screen, nothing asked outside."""
    tab = offline_page
    tab.set_viewport_size({"width": width, "height": 800})
    tab.emulate_media(color_scheme=scheme)
    open_form(tab, write_form(tmp_path, lang))
    assert violations(tab) == []
    show(tab)
    assert violations(tab) == []
    fill_session(
        tab, today="2027-07-20", deadline="2027-09-20", link=f"{LINK}/{'long' * 30}", dated="2026-11-01"
    )
    show(tab)
    for summary in tab.locator("summary").all():
        summary.click()
    assert tab.locator(".cp-steps > li").count() == 11
    assert violations(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    assert tab.problems == []
    assert tab.outside_requests == []


def test_what_is_entered_is_text_and_never_markup(offline_page, tmp_path):
    """A link that holds markup is shown as it was written, and runs nothing."""
    open_form(offline_page, write_form(tmp_path))
    link = 'https://example.org/<img/src=x/onerror="document.title=1">'
    fill_session(offline_page, deadline="2027-09-20", link=link, dated="2026-11-01")
    show(offline_page)
    assert link in offline_page.locator(".cp-plan").inner_text()
    assert offline_page.locator(".cp-plan img").count() == 0
    assert offline_page.problems == []


def test_two_forms_on_one_page_work_apart(offline_page, tmp_path):
    """Two languages side by side: each plans in its own words, and every label has its own field."""

    class Both:
        def _repr_html_(self):
            return plan("en")._repr_html_() + plan("fr")._repr_html_()

    open_form(offline_page, write_form(tmp_path, form=Both()))
    forms = offline_page.locator(".course-planner[data-ready=true]")
    assert forms.count() == 2
    second = forms.nth(1)
    second.locator("[name=body]").select_option("CEDAW")
    second.locator("[name=stage]").select_option("session")
    second.locator("[name=session]").fill(SESSION)
    second.locator("button[type=submit]").click()
    assert "13 septembre 2027" in second.locator(".cp-status").inner_text()
    assert forms.first.locator(".cp-status").inner_text() == ""
    assert violations(offline_page) == []


def test_without_javascript_one_counts_by_hand(browser, tmp_path):
    """The tables are open and the form, which could do nothing, is not there."""
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(write_form(tmp_path))
    assert tab.locator("form").is_hidden()
    assert tab.get_by_text("Count back from that day").is_visible()
    assert tab.get_by_role("table", name="Days before the last day to send").is_visible()
    assert tab.locator("noscript p").bounding_box()["height"] > 0
    context.close()


def test_it_works_in_the_book(built_book, offline_page):
    """The published page plans from the disk, with nothing behind it."""
    tab = open_form(offline_page, (built_book / "pages" / "plan.html").as_uri())
    fill_session(tab)
    show(tab)
    assert "Monday 13 September 2027" in said(tab)
    assert tab.outside_requests == []
    assert tab.problems == []


def test_it_works_in_the_pages_of_course_learn(offline_page, tmp_path):
    """There too the page's own rules let the script run and the file be saved."""
    garden = make_garden(tmp_path / "course")
    write_lesson(garden / "pages" / "plan.ipynb", "# A plan", "course.plan()")
    with course_learn(garden, tmp_path / "mine") as server:
        offline_page.goto(server.address)
        tab = open_form(offline_page, f"{server.base}course/pages/plan.ipynb")
        tab.locator(".place .course-planner").wait_for()
        fill_session(tab)
        show(tab)
        assert "Monday 13 September 2027" in said(tab)
        with tab.expect_download() as download:
            tab.locator("[data-action=calendar]").click()
        assert len(events(download.value.path().read_bytes())["events"]) == 11
        assert violations(tab) == []
        assert tab.outside_requests == []
        assert tab.problems == []
