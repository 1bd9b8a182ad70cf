"""The review of the day, my work and closed tasks, in pages opened from the disk: no Python behind them."""

from __future__ import annotations

import json
import random
from datetime import UTC, date, datetime, timedelta

import pytest

from course.practice.progress import progress_payload
from course.practice.review import review_payload
from course.quizzes import Page
from course.quizzes.assets import ASSETS
from course.work.mastery import QuizSet, mastery
from course.work.moments import stamp, today
from course.work.records import Answered
from course.work.schedule import plan_reviews
from tests.browser.quiz_pages import (
    SAMPLE,
    answer_by_keyboard,
    check_by_keyboard,
    every_kind,
    form_page,
    kept_in_browser,
    open_page,
    write_page,
)

pytestmark = pytest.mark.browser
BANK = [f"tb-{number:02}" for number in range(30)]
EXITS = {"LO-03.1": QuizSet("03/exit", ("tb-01", "tb-02", "tb-03"))}
CHECKS = {"LO-03.3": QuizSet("review", ("tb-00", "tb-01"))}
RULES = """([histories, known, exits, checks]) => {
  const courseQuiz = { kit: { KEYS: {}, readEntries: () => new Map() } };
  SOURCE
  return histories.map(([answers, day]) => {
    const plan = planReviews(answers, dayOf(day), (item) => known.includes(item));
    const found = mastery(answers, ({ objective }) => objective, exits, checks);
    return {
      today: plan.today,
      moved: plan.moved,
      next: plan.next === null ? null : isoOf(plan.next),
      reviews: [...plan.reviews.values()].map(({ item, step, due }) => [item, step, isoOf(due)]).sort(),
      words: [...found].map(([objective, { items, score, alone, lasting, passed, checked, word }]) =>
        [objective, items, score, alone, lasting, passed, checked, word]).sort(),
    };
  });
}"""


def history(seed):
    """Some months of a learner: bursts of lessons, reviews, gaps, hints, a question that was given up."""
    chance = random.Random(seed)
    day, answers = date(2026, 1, 1) + timedelta(days=chance.randint(0, 300)), []
    items, wrong = [*BANK[: chance.choice((4, 10, 30))], "given-up"], chance.choice((0.02, 0.4))
    for _ in range(chance.randint(0, 60)):
        day += timedelta(days=chance.choice((0, 0, 1, 1, 2, 3, 7, 21, 60, 130)))
        for _ in range(chance.choice((1, 3, 12))):
            moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
            at = stamp(moment + timedelta(seconds=chance.randint(0, 86399)))
            score = chance.choice((0.0, 1 / 3, 0.5, 0.79, 0.8, 0.9) if chance.random() < wrong else (1.0,))
            quiz = chance.choice(("03/exit", "03/check-01", "review"))
            hints = chance.choice((1, 3) if chance.random() < wrong else (0,))
            objective = chance.choice(("LO-03.1", "LO-03.2", "LO-03.3"))
            answers.append(Answered(at, quiz, chance.choice(items), score, hints, objective))
    return answers, day + timedelta(days=chance.choice((-1, 0, 0, 1, 2, 9, 90)))


def test_python_and_the_page_choose_the_same(offline_page):
    """200 generated histories: the same questions in the same order, the same days, the same words."""
    histories = [history(seed) for seed in range(200)]
    expected = []
    for answers, day in histories:
        plan = plan_reviews(answers, day, BANK)
        words = mastery(answers, exits=EXITS, checks=CHECKS).values()
        expected.append(
            {
                "today": [review.item for review in plan.today],
                "moved": plan.moved,
                "next": plan.next_day and plan.next_day.isoformat(),
                "reviews": sorted([one.item, one.step, one.due.isoformat()] for one in plan.reviews.values()),
                "words": sorted(
                    [
                        *(one.objective, one.items, one.score, one.alone, one.lasting),
                        *(one.exit_passed, one.check_passed, one.word),
                    ]
                    for one in words
                ),
            }
        )
    assert {len(plan["today"]) for plan in expected} >= {0, 5, 15}
    said = {tuple(word[-2:]) for plan in expected for word in plan["words"]}
    assert said >= {(True, "with-help"), (True, "alone"), (True, "can-teach"), (False, "not-yet")}
    source = (ASSETS / "schedule.js").read_text(encoding="utf-8")
    given = [[[one._asdict() for one in answers], day.isoformat()] for answers, day in histories]
    exits, checks = ({name: one._asdict() for name, one in sets.items()} for sets in (EXITS, CHECKS))
    offline_page.goto("data:text/html,<title>rules</title>")
    assert offline_page.evaluate(RULES.replace("SOURCE", source), [given, BANK, exits, checks]) == expected


# The page of the review -------------------------------------------------------------------------


def entry(days_ago, score=1, **more):
    """An answer that a page kept so many days ago."""
    at = (datetime.now(UTC) - timedelta(days=days_ago)).isoformat(timespec="milliseconds")
    at = at.replace("+00:00", "Z")
    return {"response": "x", "score": score, "attempt": 1, "at": at, "revision": 1, "lang": "en", **more}


def keep(tab, quiz, entries):
    """Put entries where a quiz keeps them."""
    tab.evaluate(
        "([key, text]) => localStorage.setItem(key, text)", [f"course:quiz:{quiz}", json.dumps(entries)]
    )


@pytest.fixture
def module_file(offline_page, tmp_path):
    """A file of one module: its quiz of twelve items, and the review of them."""
    review = Page(review_payload("en", SAMPLE, "01-garden"))
    offline_page.address = write_page(tmp_path, every_kind(), review)
    open_page(offline_page, offline_page.address)
    yield offline_page
    assert offline_page.problems == []


def due(tab):
    """The questions that the review shows, in their order."""
    shown = tab.locator('[data-id="review"] [data-item]:visible')
    return shown.evaluate_all("nodes => nodes.map((node) => node.dataset.item)")


def test_who_has_answered_nothing_reads_how_it_begins(module_file):
    """No question, and one sentence that says when the first ones come."""
    assert due(module_file) == []
    assert "Answer your first ones" in module_file.locator('[data-id="review"]').inner_text()


def test_questions_come_back_five_at_a_time_and_leave_when_answered(module_file):
    """Twelve were answered three days ago: three fives at most, then nothing until tomorrow."""
    names = [one["id"] for one in every_kind().payload["items"]]
    keep(module_file, "01-garden/every-kind", {name: entry(3) for name in names})
    keep(module_file, "review", {"garden-day": entry(3, response="2027-09-13")})  # asked anew all the same
    open_page(module_file, module_file.address)
    review = module_file.locator('[data-id="review"]')
    assert due(module_file) == sorted(names)[:5]
    assert module_file.locator("[data-action=more]").is_hidden()
    for name in due(module_file):
        box = review.locator(f'[data-item="{name}"]')
        assert box.get_attribute("data-state") == "open"
        box.evaluate("node => node.scrollIntoView()")
    first = "garden-day"
    answer_in_review(module_file, first, "2027-09-13")
    kept = kept_in_browser(module_file, "course:quiz:review")[first]
    assert (kept["score"], kept["response"], kept["hints"]) == (1, "2027-09-13", 0)
    assert kept_in_browser(module_file, "course:quiz:01-garden/every-kind")[first] == entry_of(
        module_file, first
    )
    open_page(module_file, module_file.address)
    assert first not in due(module_file)
    assert len(due(module_file)) == 5


def entry_of(tab, name):
    """What the lesson's own quiz keeps of an item: a review does not touch it."""
    return kept_in_browser(tab, "course:quiz:01-garden/every-kind")[name]


def answer_in_review(tab, name, response):
    """Write a response into the review's copy of an item, and check it."""
    box = tab.locator(f'[data-id="review"] [data-item="{name}"]')
    box.locator("input[type=text]").fill(response)
    box.locator("[data-action=check]").click()
    tab.locator(f'[data-id="review"] [data-item="{name}"][data-state=saved]').wait_for()


def test_a_second_answer_keeps_the_first_behind_it(module_file):
    """The day of the next review depends on all answers, so an answer that is replaced is not lost."""
    quiz = "01-garden/every-kind"
    keep(module_file, quiz, {"garden-one": entry(9, 0)})
    open_page(module_file, module_file.address)
    box = module_file.locator(f'[data-id="{quiz}"] [data-item="garden-one"]')
    box.locator('input[value="evening"]').check()
    box.locator("[data-action=check]").click()
    kept = kept_in_browser(module_file, f"course:quiz:{quiz}")["garden-one"]
    assert (kept["response"], [one["score"] for one in kept["earlier"]]) == ("evening", [0])


# My work ----------------------------------------------------------------------------------------

STUDY = {"what-for": {**entry(1, None), "response": "A report on midwives."}}


@pytest.fixture
def my_work(offline_page, tmp_path):
    """My work over the real course, of somebody who began a week ago."""
    offline_page.address = write_page(tmp_path, Page(progress_payload("en")))
    open_page(offline_page, offline_page.address)
    items = progress_payload("en")["safety"]["items"]
    keep(
        offline_page, "00-start/check-01", {"m0-mechanism-02": entry(7), "m0-mechanism-03": entry(7, hints=1)}
    )
    keep(offline_page, "00-start/safety", {name: entry(0, revision=r) for name, r in list(items.items())[1:]})
    talk = {**entry(1, None), "response": (today() - timedelta(days=2)).isoformat()}
    offline_page.evaluate(
        "text => localStorage.setItem('course:form:00-start/study-plan', text)",
        json.dumps({**STUDY, "talk": talk}),
    )
    open_page(offline_page, offline_page.address)
    yield offline_page
    assert (offline_page.problems, offline_page.outside_requests) == ([], [])


def part(tab, name):
    """One part of my work."""
    return tab.locator(f'[data-part="{name}"]')


def test_my_work_says_what_is_due_next_overdue_and_safe(my_work):
    """Two questions, a talk that is late, seven of eight of the safety check, the plan's own words."""
    assert part(my_work, "due").get_attribute("data-due") == "2"
    assert part(my_work, "late").get_attribute("data-late") == "1"
    assert part(my_work, "safety").get_attribute("data-passed") == "false"
    assert "7 of 8" in part(my_work, "safety").inner_text()
    assert "A report on midwives." in part(my_work, "study").inner_text()
    assert "A first success" in part(my_work, "next").inner_text()


def test_progress_is_said_in_words_and_never_in_a_percentage(my_work):
    """One of the two answers came after a hint, so the objective is known with help."""
    words = my_work.locator("[data-objective]").evaluate_all(
        "nodes => Object.fromEntries(nodes.map(({ dataset }) => [dataset.objective, dataset.word]))"
    )
    assert words["LO-00.4"] == "with-help"
    assert words["LO-03.1"] == "not-yet"
    assert "%" not in my_work.locator(".course-quiz").inner_text()


def test_the_printed_sheet_holds_the_words_and_a_line_for_the_name(my_work):
    """Nothing else of the page is printed, and the name stays blank."""
    my_work.evaluate("() => { globalThis.print = () => {}; }")
    my_work.locator("[data-action=print]").click()
    my_work.emulate_media(media="print")
    sheet = my_work.locator(".cq-transcript")
    assert sheet.is_visible()
    assert my_work.locator("main").is_hidden()
    assert sheet.locator(".cq-name").inner_text() == "Name:"
    assert sheet.locator("[data-objective]").count() == my_work.locator("main [data-objective]").count()


def test_erasing_asks_first_and_then_leaves_nothing(my_work):
    """A no keeps all; a yes takes every answer, form and plan, and the page says so."""
    ours = "() => Object.keys(localStorage).filter((key) => key.startsWith('course:')).length"
    assert my_work.evaluate(ours) == 3
    my_work.locator("[data-action=erase]").click()
    my_work.locator("[data-action=erase-no]").click()
    assert my_work.evaluate(ours) == 3
    my_work.locator("[data-action=erase]").click()
    my_work.locator("[data-action=erase-yes]").click()
    assert my_work.evaluate(ours) == 0
    assert "Erased." in part(my_work, "erase").inner_text()
    assert part(my_work, "due").get_attribute("data-due") == "0"


# Closed tasks -----------------------------------------------------------------------------------

CLOSED = {"text": "First the check.", "link": "To the check", "opened": "Open now.", "page": "modules/x/y"}


def test_a_closed_task_opens_when_the_check_is_passed_whole(offline_page, tmp_path):
    """One sentence and no field, until the last answer of the check, on the same page, is right."""
    quiz = every_kind(name="check-01").payload
    asked = [one for one in quiz["items"] if one["id"] in ("garden-one", "garden-number")]
    check = Page({**quiz, "items": asked, "whole": True})
    closed = {**CLOSED, "quiz": quiz["id"], "items": {one["id"]: one["revision"] for one in asked}}
    open_page(offline_page, write_page(tmp_path, check, form_page(closed=closed)))
    form = offline_page.locator('[data-id="01-garden/plan"]')
    assert "First the check." in form.inner_text()
    assert form.locator("[data-field]").count() == 0
    for name, response in (("garden-one", "evening"), ("garden-number", 336)):
        answer_by_keyboard(offline_page, name, response)
        check_by_keyboard(offline_page, name)
    assert form.locator("[data-field]").count() > 0
    assert offline_page.problems == []


# The book ---------------------------------------------------------------------------------------


def test_the_book_fetches_only_the_module_that_is_due(offline_page, built_book):
    """Nothing due, nothing fetched; one question of one module due, its file alone; in both languages."""
    fetched = []
    offline_page.on(
        "request", lambda request: fetched.append(request.url) if "/review/" in request.url else None
    )
    for name, language in (("review", "en"), ("review.ar", "ar")):
        address = (built_book / "pages" / f"{name}.html").as_uri()
        offline_page.goto(address)
        offline_page.evaluate("localStorage.clear()")
        fetched.clear()
        open_page(offline_page, address)
        assert fetched == []
        keep(offline_page, "03-treaty-bodies/check-01", {"tb-bodies-02": entry(3)})
        offline_page.reload()
        offline_page.locator('[data-item="tb-bodies-02"]').wait_for()
        assert [url.rpartition("/")[2] for url in fetched] == [f"03-treaty-bodies.{language}.js"]
        fetched.clear()
    assert offline_page.problems == []


def test_the_file_of_one_module_brings_its_own_questions_back(offline_page, built_book):
    """The single file asks for what is due in its module, with no other file beside it."""
    address = (built_book / "single" / "03-treaty-bodies.html").as_uri()
    offline_page.goto(address)
    offline_page.evaluate("localStorage.clear()")
    keep(offline_page, "03-treaty-bodies/check-01", {"tb-bodies-02": entry(3)})
    keep(offline_page, "00-start/check-01", {"m0-mechanism-02": entry(3)})
    open_page(offline_page, address)
    assert due(offline_page) == ["tb-bodies-02"]
    assert offline_page.problems == []
