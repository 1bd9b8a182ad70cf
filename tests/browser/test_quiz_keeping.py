"""What the browser keeps: a reload loses nothing, a file carries all answers elsewhere."""

from __future__ import annotations

import json

import pytest

from tests.browser.quiz_pages import (
    RIGHT,
    every_kind,
    form_page,
    item,
    kept_in_browser,
    open_page,
    wait_until_kept,
    write_page,
)

pytestmark = pytest.mark.browser
QUIZ = "course:quiz:01-garden/every-kind"


@pytest.fixture
def address(tmp_path):
    """A page with a quiz and a form."""
    return write_page(tmp_path, every_kind(), form_page())


@pytest.fixture
def tab(offline_page, address):
    """That page, open in the browser."""
    open_page(offline_page, address)
    yield offline_page
    assert offline_page.problems == []
    assert offline_page.outside_requests == []


def answer_all(tab):
    """Every item of the quiz, and two fields of the form."""
    item(tab, "garden-one").locator('input[value="evening"]').check()
    for choice in RIGHT["garden-many"]:
        item(tab, "garden-many").locator(f'input[value="{choice}"]').check()
    item(tab, "garden-order").locator("[data-action=down]").first.click()
    for choice, target in RIGHT["garden-match"].items():
        item(tab, "garden-match").locator(f'[data-choice="{choice}"] select').select_option(target)
    item(tab, "garden-number").locator("input").fill("360")
    item(tab, "garden-day").locator("input[type=text]").fill("2027-09-13")
    for choice, target in RIGHT["garden-gaps"].items():
        item(tab, "garden-gaps").locator(f'[data-choice="{choice}"] select').select_option(target)
    for choice in ("melon", "mint"):
        item(tab, "garden-sort").locator(f'[data-choice="{choice}"] input[value="sun"]').check()
    item(tab, "garden-word").locator("input").fill("garden/12")
    item(tab, "garden-paragraphs").locator('input[value="fence"]').check()
    item(tab, "garden-hunt").locator('[data-choice="symbol"] input').fill("CRC/C/MAR/CO/3-4")
    item(tab, "garden-chain").locator('[data-choice="rule"] [data-slot="basis"]').click()
    for button in tab.locator("[data-action=check]").all():
        button.click()
    item(tab, "why").locator("textarea").fill("For shade and bread")
    item(tab, "plants").locator('input[value="mint"]').check()


def shown(tab):
    """What a learner sees of the answers: every control's value, every verdict."""
    return tab.evaluate(
        """() => ({
          values: [...document.querySelectorAll('.course-quiz :is(input, select, textarea)')]
            .map((one) => one.type === 'radio' || one.type === 'checkbox' ? one.checked : one.value),
          order: [...document.querySelectorAll('[data-item] li[data-choice]')]
            .map((row) => row.dataset.choice),
          built: [...document.querySelectorAll('.cq-built')].map((one) => one.innerText),
          verdicts: [...document.querySelectorAll('.cq-result')]
            .map((one) => one.hidden ? null : one.innerText),
          progress: [...document.querySelectorAll('.cq-progress')].map((one) => one.textContent),
        })"""
    )


def test_a_reload_keeps_answers_and_reasons(tab):
    """Close the page, open it again: controls, verdicts, reasons and progress are as they were."""
    answer_all(tab)
    before = shown(tab)
    tab.reload()
    tab.wait_for_selector(".course-quiz[data-ready=true]")
    assert shown(tab) == before
    assert len(before["verdicts"]) == len(RIGHT)
    wait_until_kept(tab, "garden-one")


def test_a_file_carries_all_answers_to_another_browser(tab, browser, address, tmp_path):
    """Saved as a file here, brought back there: the other page looks the same without a reload."""
    answer_all(tab)
    tab.locator(".cq-keep summary").first.click()
    with tab.expect_download() as download:
        tab.locator("[data-action=export]").first.click()
    saved = tmp_path / "saved.json"
    download.value.save_as(saved)
    held = json.loads(saved.read_text(encoding="utf-8"))
    assert (held["format"], held["version"]) == ("course-browser-answers", 1)
    assert set(held["quizzes"]["01-garden/every-kind"]) == set(RIGHT)
    assert held["forms"]["01-garden/plan"]["plants"]["response"] == ["mint"]

    context = browser.new_context()
    elsewhere = context.new_page()
    open_page(elsewhere, address)
    assert shown(elsewhere) != shown(tab)
    elsewhere.locator(".cq-keep summary").first.click()
    with elsewhere.expect_file_chooser() as chooser:
        elsewhere.locator("[data-action=import]").first.click()
    chooser.value.set_files(saved)
    elsewhere.wait_for_function("document.querySelector('.cq-kept').textContent !== ''")
    assert elsewhere.locator(".cq-kept").first.inner_text() == "Answers brought back: 14."
    assert shown(elsewhere) == shown(tab)
    assert elsewhere.evaluate("document.activeElement.dataset.action") == "import"
    context.close()


def bring_back(tab, path):
    """Choose a file in the page's own dialogue; what the page says to it."""
    tab.locator("[data-action=import]").first.evaluate("button => button.closest('details').open = true")
    with tab.expect_file_chooser() as chooser:
        tab.locator("[data-action=import]").first.click()
    chooser.value.set_files(path)
    tab.wait_for_function("document.querySelector('.cq-kept').textContent !== ''")
    return tab.locator(".cq-kept").first.inner_text()


@pytest.mark.parametrize(
    "content",
    [
        "{ this is no JSON",
        "[]",
        "null",
        '{"format": "course-work", "version": 1}',
    ],
    ids=["no-json", "list", "null", "another-format"],
)
def test_a_file_that_is_no_answers_is_refused_in_words(tab, tmp_path, content):
    """And what is here stays as it is."""
    item(tab, "garden-one").locator('input[value="noon"]').check()
    item(tab, "garden-one").locator("[data-action=check]").click()
    wrong = tmp_path / "wrong.json"
    wrong.write_text(content, encoding="utf-8")
    assert "This is not a file of answers" in bring_back(tab, wrong)
    assert kept_in_browser(tab, QUIZ)["garden-one"]["response"] == "noon"


def test_what_is_newer_here_is_not_overwritten(tab, tmp_path):
    """An older file brings back what this browser does not have; an older answer stands behind the newer."""
    item(tab, "garden-one").locator('input[value="noon"]').check()
    item(tab, "garden-one").locator("[data-action=check]").click()
    old = {"score": 1, "attempt": 1, "at": "2026-01-01T00:00:00.000Z", "revision": 1, "lang": "en"}
    entries = {"garden-one": {"response": "evening", **old}, "garden-number": {"response": 336, **old}}
    path = tmp_path / "old.json"
    path.write_text(
        json.dumps(
            {"format": "course-browser-answers", "version": 1, "quizzes": {"01-garden/every-kind": entries}}
        ),
        encoding="utf-8",
    )
    assert bring_back(tab, path) == "Answers brought back: 2."
    kept = kept_in_browser(tab, QUIZ)
    assert (kept["garden-one"]["response"], kept["garden-number"]["response"]) == ("noon", 336)
    assert [entry["response"] for entry in kept["garden-one"]["earlier"]] == ["evening"]


def test_damage_in_the_browser_does_not_keep_the_page_from_being_drawn(tab):
    """Entries of the wrong shape, of another revision or of an item that is gone are not shown."""
    entry = {"score": 1, "attempt": 1, "at": "2026-01-01T00:00:00.000Z", "revision": 1, "lang": "en"}
    damaged = {
        "garden-one": {**entry, "response": {"not": "a choice"}},
        "garden-many": {**entry, "response": ["mint"]},  # the item is at revision 2
        "garden-order": {**entry, "response": 7},
        "garden-match": {**entry, "response": None},
        "garden-number": {**entry, "response": "many"},
        "garden-day": {**entry, "response": ["2027-09-13"]},
        "garden-gone": {**entry, "response": "evening"},
        "garden-gaps": {**entry, "response": ["spring"]},
        "garden-sort": {**entry, "response": "sun"},
        "garden-word": {**entry, "response": {"text": "A/GARDEN/12"}},
        "garden-paragraphs": {**entry, "response": []},
        "garden-hunt": {**entry, "response": None},
        "garden-chain": {**entry, "response": [["fact", "dry"]]},
        "garden-hostile": "no entry at all",
    }
    tab.evaluate("([key, value]) => localStorage.setItem(key, value)", [QUIZ, json.dumps(damaged)])
    tab.evaluate("localStorage.setItem('course:form:01-garden/plan', 'no JSON')")
    tab.reload()
    tab.wait_for_selector(".course-quiz[data-ready=true]")
    assert tab.locator(".cq-progress").first.inner_text() == "0 of 12 answered"
    assert tab.locator("[data-item]:not([data-state=open])").count() == 0


def test_a_browser_that_keeps_nothing_says_so(offline_page, address):
    """Where storing is refused the reasons are still shown, and the learner knows."""
    offline_page.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('no', 'QuotaExceededError'); }"
    )
    open_page(offline_page, address)
    here = item(offline_page, "garden-one")
    here.locator('input[value="evening"]').check()
    here.locator("[data-action=check]").click()
    assert here.locator(".cq-result").get_attribute("data-score") == "right"
    assert here.get_attribute("data-state") == "not-saved"
    assert "does not keep answers" in here.locator(".cq-status").inner_text()


def test_two_tabs_keep_each_others_answers(tab, address):
    """Each answer is added to what the browser holds by then, not to what it held at opening."""
    other = tab.context.new_page()
    open_page(other, address)
    for page, name, choice in ((tab, "garden-one", "noon"), (other, "garden-many", "mint")):
        item(page, name).locator(f'input[value="{choice}"]').check()
        item(page, name).locator("[data-action=check]").click()
    assert set(kept_in_browser(tab, QUIZ)) == {"garden-one", "garden-many"}
