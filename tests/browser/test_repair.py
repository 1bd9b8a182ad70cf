"""Repair and chains in a real browser: the same examiner as in Python, tried first and shown after."""

from __future__ import annotations

import json
import random
from importlib.resources import files

import pytest

import course
from course.files import PACKAGE_ROOT, read_yaml
from course.practice.chains import SLOTS, load_chains
from course.practice.repair import load_repairs, repair_payload
from course.quizzes import Page
from course.quizzes.assets import widget_script
from course.recommendations import examine, program
from course.texts import LANGUAGES
from course.work import open_work
from tests.browser.quiz_pages import (
    answer_by_keyboard,
    check_by_keyboard,
    item,
    kept_in_browser,
    open_page,
    press_until,
    wait_until_kept,
    write_page,
)
from tests.browser.test_quiz_live import CONNECT

pytestmark = pytest.mark.browser
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
LABELLED = read_yaml(PACKAGE_ROOT / "tests/recommendations/labelled.yml")["recommendations"]
BUS = "[data-item=school-bus]"
KEPT = "course:quiz:repair"
BETTER = "The State party should fund a school bus by December 2028 (CRC, art. 28)."
ODD = [
    "",
    " ",
    "?",
    "؟",
    "😀 adopt a law",
    "İŞ ﷺ œuvre",
    "a" * 400,
    "((((",
    "CRC/C/MAR/CO/3-4.",
    "art. 5 a) CRC",
]
ODD += [
    "لِلدَّوْلَةِ الطَّرَف",
    "L’ÉTAT PARTIE",
    "المادة ٢٨ من اتفاقية حقوق الطفل",
    "art. 0 CRC",
    "art. 54 CRC",
    "art. 55 CRC",
    "A/HRC/WG.6/41/MAR/1",
]


def violations(tab):
    """What axe finds, each as its rule and the nodes."""
    tab.evaluate(AXE)
    found = tab.evaluate("axe.run(document)")
    assert found["passes"], "axe looked at nothing"
    return [(rule["id"], [node["html"][:150] for node in rule["nodes"]]) for rule in found["violations"]]


def overflow(tab):
    """By how many pixels the page is wider than the window."""
    return tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def texts_of(lang):
    """(text, body, stage): the bank, the labelled ones, and many made of pieces of them."""
    chance = random.Random(f"pieces {lang}")
    whole = [
        (text, one.body, one.stage)
        for one in load_repairs().values()
        if one.lang == lang
        for text in (one.weak, *one.models)
    ]
    whole += [(row["text"], row["body"], row.get("stage")) for row in LABELLED if row["lang"] == lang]
    pieces = [word for text, _, _ in whole for word in text.split()]
    made = [
        (
            " ".join(chance.sample(pieces, chance.randint(3, 30))),
            chance.choice(["CRC", "CAT", "UPR", None]),
            None,
        )
        for _ in range(90)
    ]
    swapped = []
    for text, body, stage in chance.sample(whole, 20):
        words = text.split()
        del words[chance.randrange(len(words))]
        swapped.append((" ".join(words).replace("2", "٢"), body, stage))
    return [*whole, *made, *swapped, *((odd, "CRC", stage) for odd in ODD for stage in (None, "loipr"))]


def test_both_engines_say_the_same(offline_page, tmp_path):
    """Criterion by criterion: state, case, what was seen, values; in three languages."""
    open_page(offline_page, write_page(tmp_path, course.repair("school-bus")))
    compared = 0
    for lang in LANGUAGES:
        texts = texts_of(lang)
        there = offline_page.evaluate(
            """([program, texts]) => texts.map(([text, body, stage]) =>
                 courseQuiz.kit.examine(program, text, body, stage)
                   .map(({ id, state, case: name, values }) => [id, state, name, values]))""",
            [json.loads(json.dumps(dict(program(lang)))), texts],
        )
        for (text, body, stage), answers in zip(texts, there, strict=True):
            found = examine(text, lang, body, stage).findings
            assert answers == [[one.id, one.state, one.case, dict(one.values)] for one in found], (lang, text)
            compared += 1
    assert compared > 500


def test_the_models_come_after_an_attempt_and_by_keyboard_alone(offline_page, tmp_path):
    """Nothing, the weak text, a first try, a second one; what is written is there after a reload."""
    address = write_page(tmp_path, course.repair())
    tab = offline_page
    open_page(tab, address)
    assert [
        one.get_attribute("data-item") for one in tab.locator("[data-item]").all() if one.is_visible()
    ] == ["school-bus"]
    press_until(tab, f"{BUS} [data-action=examine]")
    tab.keyboard.press("Enter")
    assert "write your own" in item(tab, "school-bus").locator(".cq-ask").text_content()
    assert tab.evaluate("document.activeElement.tagName") == "TEXTAREA"
    tab.keyboard.type(load_repairs()["school-bus"].weak)
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    assert "still the weak text" in item(tab, "school-bus").locator(".cq-ask").text_content()
    assert item(tab, "school-bus").locator(".cq-model").count() == 0

    press_until(tab, f"{BUS} textarea", "Shift+Tab")
    tab.keyboard.press("Control+A")
    tab.keyboard.type("The State party should fund a bus.")
    open_page(tab, address)
    assert item(tab, "school-bus").locator("textarea").input_value() == "The State party should fund a bus."
    assert item(tab, "school-bus").locator(".cq-model").count() == 0
    press_until(tab, f"{BUS} [data-action=examine]")
    tab.keyboard.press("Enter")
    result = item(tab, "school-bus").locator(".cq-result")
    assert tab.evaluate("document.activeElement.className") == "cq-result"
    missing = [one.get_attribute("data-criterion") for one in result.locator("[data-finding=failed]").all()]
    assert missing == ["deadline", "basis"]
    assert result.locator(".cq-model").all_text_contents() == list(load_repairs()["school-bus"].models)

    press_until(tab, f"{BUS} textarea", "Shift+Tab")
    tab.keyboard.press("Control+A")
    tab.keyboard.type(BETTER)
    press_until(tab, f"{BUS} [data-action=examine]")
    tab.keyboard.press("Enter")
    assert result.get_attribute("data-score") == "right"
    assert kept_in_browser(tab, KEPT)["school-bus"]["response"] == {"text": BETTER, "examined": 2}
    press_until(tab, "[data-action=next]")
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.dataset.item") == "child-marriage"
    open_page(tab, address)
    assert tab.locator(".cq-progress").get_attribute("data-done") == "1"
    assert item(tab, "child-marriage").is_visible()
    assert tab.problems == []
    assert tab.outside_requests == []


def test_live_a_draft_and_an_attempt_reach_my_work(offline_page, tmp_path, monkeypatch):
    """The real page, the real Python, a real file; after a restart both are there again."""
    monkeypatch.setenv("COURSE_WORK", str(tmp_path / "my-work.db"))
    answers = []
    tab = offline_page
    tab.expose_function("toPython", lambda message: tab.python.receive(message, answers.append))
    open_page(tab, write_page(tmp_path, course.repair("school-bus")))

    def connect():
        tab.python = course.repair("school-bus")
        assert isinstance(tab.python, Page)
        tab.evaluate(CONNECT, [tab.python.payload, tab.python.responses, widget_script("repair")])

    def deliver():
        tab.wait_for_timeout(100)
        while answers:
            tab.evaluate("message => window.answer(message)", answers.pop(0))

    connect()
    item(tab, "school-bus").locator("textarea").fill("A first thought.")
    item(tab, "school-bus").locator("textarea").blur()
    deliver()
    wait_until_kept(tab, "school-bus")
    assert open_work().responses()[-1].response == {"text": "A first thought.", "examined": 0}
    item(tab, "school-bus").locator("textarea").fill(BETTER)
    item(tab, "school-bus").locator("[data-action=examine]").click()
    deliver()
    assert open_work().responses()[-1].response == {"text": BETTER, "examined": 1}
    connect()
    assert item(tab, "school-bus").locator("textarea").input_value() == BETTER
    assert item(tab, "school-bus").locator(".cq-model").count() == 2
    assert tab.problems == []


@pytest.mark.parametrize(("lang", "width"), [("en", 1280), ("ar", 360)])
def test_repair_and_chains_are_for_everyone(offline_page, tmp_path, lang, width):
    """axe finds nothing before and after, nothing runs out of a narrow page, in both directions."""
    tab = offline_page
    tab.set_viewport_size({"width": width, "height": 800})
    some = [load_repairs()[name] for name in ("school-bus", "garde-a-vue", "asila-iaqa")]
    open_page(tab, write_page(tmp_path, Page(repair_payload(some, lang)), course.chains(lang), lang=lang))
    assert violations(tab) == []
    tab.locator(".cq-chooser select").first.select_option("2")
    tab.locator("[data-item=asila-iaqa] textarea").fill("يرجى بيان عدد المدارس (المادة 24 من الاتفاقية).")
    tab.locator("[data-item=asila-iaqa] [data-action=examine]").click()
    tab.locator(".cq-chooser select").nth(1).select_option("chain-school-bus-blank")
    check = tab.locator("[data-item=chain-school-bus-blank] [data-action=check]")
    check.click()
    assert violations(tab) == []
    assert overflow(tab) == 0
    assert tab.problems == []


def visible(tab):
    """The ids of the items that are shown."""
    return [one.get_attribute("data-item") for one in tab.locator("[data-item]").all() if one.is_visible()]


def test_who_passes_the_start_check_goes_on_to_the_blank_chains(offline_page, tmp_path):
    """By keyboard; and after a reload the page goes on from there."""
    address = write_page(tmp_path, course.chains())
    tab = offline_page
    open_page(tab, address)
    start = [f"chain-start-{slot}" for slot in ("fact", "finding", "basis", "recommendation")]
    assert visible(tab) == start
    press_until(tab, "[data-action=next]")
    tab.keyboard.press("Enter")
    assert visible(tab) == start, "unanswered questions are not skipped"
    tab.evaluate("document.activeElement.blur()")
    for identifier in start:
        answer_by_keyboard(tab, identifier, identifier.split("-")[2])
        check_by_keyboard(tab, identifier)
    press_until(tab, "[data-action=next]")
    tab.keyboard.press("Enter")
    first = next(iter(load_chains()))
    assert visible(tab) == [f"chain-{first}-blank"]
    open_page(tab, address)
    assert visible(tab) == [f"chain-{first}-blank"]


def test_who_does_not_reads_a_whole_chain_first(offline_page, tmp_path):
    """One wrong answer: full, then half, then blank, in thirds of the chains."""
    tab = offline_page
    open_page(tab, write_page(tmp_path, course.chains()))
    given = {slot: slot for slot in SLOTS} | {"fact": "finding"}
    for identifier, response in given.items():
        item(tab, f"chain-start-{identifier}").locator(f'input[value="{response}"]').check()
        item(tab, f"chain-start-{identifier}").locator("[data-action=check]").click()
    names = list(load_chains())
    shown = []
    for _ in names:
        tab.locator("[data-action=next]").click()
        (now,) = visible(tab)
        shown.append(now)
        if item(tab, now).get_attribute("data-kind") == "single-choice":
            item(tab, now).locator("input").first.check()
        else:
            item(tab, now).locator("[aria-pressed]").first.click()
        item(tab, now).locator("[data-action=check]").click()
    third = -(-len(names) // 3)
    levels = ["full"] * third + ["half"] * third + ["blank"] * (len(names) - 2 * third)
    assert shown == [f"chain-{name}-{level}" for name, level in zip(names, levels, strict=True)]
    assert tab.problems == []
