"""A static quiz opened from the disk: every kind, by keyboard, right, wrong and partly."""

from __future__ import annotations

import json

import pytest

from tests.browser.quiz_pages import (
    RIGHT,
    answer_by_keyboard,
    check_by_keyboard,
    drill_page,
    every_kind,
    item,
    kept_in_browser,
    open_page,
    press_until,
    wait_until_kept,
    write_page,
)

pytestmark = pytest.mark.browser
WRONG = {
    "garden-one": "noon",
    "garden-many": ["bean", "melon"],
    "garden-order": ["pick", "water", "sow", "dig"],
    "garden-match": {"spade": "cutting", "shears": "pouring", "can": "carrying"},
    "garden-number": 12,
    "garden-day": "2027-10-11",
    "garden-gaps": {"season": "winter", "plant": "thyme"},
    "garden-sort": {"melon": "shade", "mint": "sun", "fern": "half"},
    "garden-word": "seeds",
    "garden-paragraphs": ["praise", "smell"],
    "garden-hunt": {"symbol": "CRC/C/MAR/Q/3-4"},
    "garden-chain": {"finding": "rule", "basis": "angry", "request": "tap"},
}
PARTLY = {
    "garden-many": ["mint"],
    "garden-order": ["dig", "sow", "pick", "water"],
    "garden-match": {"spade": "turning", "can": "carrying"},
    "garden-number": 360,
    "garden-day": "2027-09-11",
    "garden-gaps": {"season": "spring", "season-again": "monthly"},
    "garden-sort": {"melon": "sun", "mint": "half", "bean": "shade"},
    "garden-word": "A/GARDEN/21",
    "garden-paragraphs": ["fence"],
    "garden-hunt": {"symbol": "CRC/C/MAR/CO/3-4", "kind": "Letter"},
    "garden-chain": {"finding": "tap", "request": "angry"},
}


@pytest.fixture
def quiz(offline_page, tmp_path):
    """The quiz with every kind, open in the browser."""
    open_page(offline_page, write_page(tmp_path, every_kind()))
    yield offline_page
    assert offline_page.problems == []
    assert offline_page.outside_requests == []


@pytest.mark.parametrize(
    ("answers", "score"),
    [(RIGHT, "right"), (WRONG, "wrong"), (PARTLY, "partly")],
    ids=["right", "wrong", "partly"],
)
def test_every_kind_is_answered_by_keyboard(quiz, answers, score):
    """Answer, check, read: each verdict fits, the focus is on it, and the browser kept the response."""
    for identifier, response in answers.items():
        assert item(quiz, identifier).locator(".cq-result").count() == 0
        answer_by_keyboard(quiz, identifier, response)
        check_by_keyboard(quiz, identifier)
        result = item(quiz, identifier).locator(".cq-result")
        assert result.get_attribute("data-score") == score, identifier
        assert quiz.evaluate("document.activeElement.classList.contains('cq-result')")
        wait_until_kept(quiz, identifier)
        kept = kept_in_browser(quiz, "course:quiz:01-garden/every-kind")[identifier]
        given = kept["response"]
        assert (sorted(given) if identifier == "garden-many" else given) == response
        assert {"score", "attempt", "at", "revision", "lang", "hints"} <= set(kept)


def test_no_reason_is_shown_before_the_answer(quiz):
    """Feedback comes after the attempt: nothing of it is on the page before, nor the source."""
    shown = quiz.locator(".course-quiz").inner_text()
    assert "dries before it reaches" not in shown
    assert "The gardener's notebook" not in shown


def test_my_answer_and_the_right_one_stay_side_by_side(quiz):
    """After a wrong answer both are marked, each with its own reason, and the words say which."""
    answer_by_keyboard(quiz, "garden-one", "noon")
    check_by_keyboard(quiz, "garden-one")
    here = item(quiz, "garden-one")
    assert here.locator('[data-choice="noon"] .cq-tag').inner_text() == "Your answer"
    assert here.locator('[data-choice="evening"] .cq-tag').inner_text() == "Right answer"
    reasons = here.locator(".cq-result").inner_text()
    assert "At noon most of the water dries" in reasons
    assert "the water has the night to sink in" in reasons
    assert "Six weeks without rain" not in reasons


def test_a_missed_choice_is_named(quiz):
    """In a multiple choice what was not chosen, but belongs, has its reason too."""
    answer_by_keyboard(quiz, "garden-many", ["mint", "bean"])
    check_by_keyboard(quiz, "garden-many")
    reasons = item(quiz, "garden-many").locator(".cq-reason")
    assert {row.get_attribute("data-mark") for row in reasons.all()} == {"right", "wrong", "missed"}


def test_a_known_near_miss_has_its_own_reason_and_others_the_general_one(quiz):
    """360 litres come from a month of 30 days; 12 litres come from nowhere known."""
    answer_by_keyboard(quiz, "garden-number", 360)
    check_by_keyboard(quiz, "garden-number")
    assert "a month of 30 days" in item(quiz, "garden-number").locator(".cq-result").inner_text()
    answer_by_keyboard(quiz, "garden-day", "2027-01-01")
    check_by_keyboard(quiz, "garden-day")
    assert (
        "Count 28 days back from the opening." in item(quiz, "garden-day").locator(".cq-result").inner_text()
    )


def test_hints_come_one_by_one(quiz):
    """Where to look, which rule, another case solved: the button names the next and goes after the last."""
    here = item(quiz, "garden-one")
    button = here.locator("[data-action=hint]")
    for shown, name in enumerate(("where to look", "which rule", "another case, solved"), start=1):
        assert name in button.inner_text()
        press_until(quiz, '[data-item="garden-one"] [data-action=hint]', "Tab")
        quiz.keyboard.press("Enter")
        assert here.locator(".cq-hint").count() == shown
        assert f"Hint {shown} of 3, {name}" in here.locator(".cq-hint").last.inner_text()
    assert button.is_hidden()


def test_the_hints_that_were_read_are_kept_with_the_answer(quiz):
    """So that progress can tell what was answered alone; they are still there after a reload."""
    here = item(quiz, "garden-one")
    here.locator("[data-action=hint]").click()
    here.locator("[data-action=hint]").click()
    here.locator('input[value="evening"]').check()
    check_by_keyboard(quiz, "garden-one")
    check = item(quiz, "garden-many")
    check.locator('input[value="mint"]').check()
    check.locator("[data-action=check]").click()
    kept = kept_in_browser(quiz, "course:quiz:01-garden/every-kind")
    assert {name: entry["hints"] for name, entry in kept.items()} == {"garden-one": 2, "garden-many": 0}
    quiz.reload()
    quiz.wait_for_selector(".course-quiz[data-ready=true]")
    assert here.locator(".cq-hint").count() == 2
    here.locator("[data-action=retry]").click()
    here.locator("[data-action=check]").click()
    assert kept_in_browser(quiz, "course:quiz:01-garden/every-kind")["garden-one"]["hints"] == 2


@pytest.mark.parametrize(
    ("identifier", "response", "both", "others"),
    [
        (
            "garden-one",
            "noon",
            ["At noon most of the water", "the water has the night"],
            ["Six weeks without rain"],
        ),
        (
            "garden-paragraphs",
            ["praise"],
            ["This one only praises.", "It names an act, mending, and a day."],
            ["It tells a fact and asks for nothing."],
        ),
        (
            "garden-gaps",
            {"season": "winter", "plant": "bean"},
            [
                "Seeds freeze in winter.",
                "The soil is warm enough",
                "no answer",
                "A seedling has short roots.",
            ],
            ["Mint comes back by itself.", "Thyme stays where it is.", "A seedling dries within days."],
        ),
        (
            "garden-word",
            "Seeds",
            ["That is what is in it", "The sack carries the mark"],
            ["The two figures changed places."],
        ),
        (
            "garden-hunt",
            {"symbol": "CRC/C/MAR/3-4", "kind": "a letter"},
            [
                "the report of the State",
                "CO stands for",
                "stands at the beginning",
                "the last word of a review",
            ],
            ["That comes before the dialogue."],
        ),
        (
            "garden-chain",
            {"finding": "tap", "request": "rule"},
            [
                "A fact has a day",
                "says what the fact means",
                "the ground of the request",
                "A request names who does",
            ],
            ["A feeling is no fact"],
        ),
    ],
    ids=["single", "paragraphs", "gaps", "word", "hunt", "chain"],
)
def test_both_answers_have_their_reason_and_the_others_can_be_opened(
    quiz, identifier, response, both, others
):
    """What was given and what is right at once, side by side; why not the others in a fold."""
    answer_by_keyboard(quiz, identifier, response)
    check_by_keyboard(quiz, identifier)
    result = item(quiz, identifier).locator(".cq-result")
    for text in both:
        assert text in result.inner_text()
    for text in others:
        assert text not in result.inner_text()
    result.locator(".cq-others summary").press("Enter")
    for text in others:
        result.locator(".cq-others").get_by_text(text).wait_for()


def test_not_sure_takes_nothing_off(quiz):
    """A line that was sorted wrongly is opened again: it counts as left open."""
    here = item(quiz, "garden-sort")
    for choice, target in {"melon": "sun", "fern": "shade", "mint": "sun"}.items():
        here.locator(f'[data-choice="{choice}"] input[value="{target}"]').check()
    here.locator('[data-choice="mint"] input[value=""]').check()
    here.locator("[data-action=check]").click()
    kept = kept_in_browser(quiz, "course:quiz:01-garden/every-kind")["garden-sort"]
    assert kept["response"] == {"melon": "sun", "fern": "shade"}
    assert kept["score"] == 0.5


def test_the_extract_is_searched_while_words_are_written(quiz):
    """All words must stand in a row, accents and capitals aside; the count is a live region."""
    here = item(quiz, "garden-hunt")
    assert here.locator(".cq-extract li").count() == 4
    here.locator("input[type=search]").fill("CONCLUDING observations opac")
    assert here.locator(".cq-extract li").all_inner_texts()[0].startswith("CRC/C/OPAC/MAR/CO/1")
    assert here.locator("[role=status]").inner_text() == "1 of 4 rows"
    here.locator("input[type=search]").fill("nothing of this")
    assert here.locator(".cq-extract li").count() == 0


def test_a_paragraph_grows_from_its_parts(quiz):
    """A part moves when another place is pressed, leaves when its own is pressed, and is announced."""
    here = item(quiz, "garden-chain")
    built = here.locator(".cq-built")
    assert built.inner_text() == "The beans dried out on 3, 4 and 5 June. [Finding] [Ground] [Request]"
    part = here.locator('[data-choice="rule"]')
    part.locator('[data-slot="finding"]').click()
    part.locator('[data-slot="basis"]').click()
    assert "[Finding] Rule 2 of the garden promises water each day. [Request]" in built.inner_text()
    assert part.locator('[aria-pressed="true"]').all_inner_texts() == ["Ground"]
    said = quiz.locator(".course-quiz > [aria-live=polite]")
    assert said.inner_text() == "Put in as “Ground”: Rule 2 of the garden promises water each day."
    part.locator('[data-slot="basis"]').click()
    assert "[Ground]" in built.inner_text()
    here.locator("[data-action=check]").click()
    assert "Choose or write an answer first" in here.locator("[role=alert]").inner_text()


def test_try_again_hides_the_reasons_and_counts_the_attempt(quiz):
    """The second answer is attempt 2, and the first one's reasons are gone meanwhile."""
    answer_by_keyboard(quiz, "garden-one", "noon")
    check_by_keyboard(quiz, "garden-one")
    press_until(quiz, '[data-item="garden-one"] [data-action=retry]', "Shift+Tab")
    quiz.keyboard.press("Enter")
    here = item(quiz, "garden-one")
    assert here.locator(".cq-result").is_hidden()
    assert here.locator(".cq-tag:not(:empty)").count() == 0
    assert here.get_attribute("data-state") == "open"
    here.locator('input[value="evening"]').check()
    check_by_keyboard(quiz, "garden-one")
    assert kept_in_browser(quiz, "course:quiz:01-garden/every-kind")["garden-one"]["attempt"] == 2


@pytest.mark.parametrize(
    ("identifier", "typed", "said"),
    [
        ("garden-one", "", "Choose or write an answer first"),
        ("garden-number", "about three hundred", "This is not a number"),
        ("garden-day", "2027-02-30", "This is not a day"),
    ],
)
def test_what_cannot_be_checked_is_asked_for(quiz, identifier, typed, said):
    """Nothing, words for a number and a day that no calendar has are answered in words, not as wrong."""
    if typed:
        item(quiz, identifier).locator("input[type=text]").fill(typed)
    check_by_keyboard(quiz, identifier)
    assert said in item(quiz, identifier).locator("[role=alert]").inner_text()
    assert item(quiz, identifier).get_attribute("data-state") == "open"
    assert quiz.evaluate("localStorage.length") == 0


def test_numbers_are_read_as_people_write_them(quiz):
    """Spaces, Arabic figures and a decimal comma or point are all understood."""
    here = item(quiz, "garden-number")
    for typed in ("336", " 336 ", "٣٣٦", "336.4", "335,5"):
        here.locator("input").fill(typed)
        here.locator("[data-action=check]").click()
        assert here.locator(".cq-result").get_attribute("data-score") == "right", typed
        here.locator("[data-action=retry]").click()


def test_a_day_is_chosen_in_the_calendar_or_typed(quiz):
    """Both fields hold the same day, and it is said in words with its day of the week."""
    here = item(quiz, "garden-day")
    here.locator("input[type=date]").fill("2027-09-13")
    assert here.locator("input[type=text]").input_value() == "2027-09-13"
    here.locator("input[type=text]").fill("2027/9/14")
    assert here.locator("input[type=date]").input_value() == "2027-09-14"
    assert here.locator(".cq-spoken").inner_text() == "Tuesday 14 September 2027"


def test_a_move_is_announced(quiz):
    """Whoever does not see the list hears where the step now stands."""
    first = item(quiz, "garden-order").locator("li").first
    first.locator("[data-action=down]").click()
    said = quiz.locator(".course-quiz > [aria-live=polite]").inner_text()
    assert said == f"{first.evaluate('row => row.parentElement.children[1].dataset.text')}: now place 2 of 4"


def test_progress_says_how_far(quiz):
    """Answered and right ones are counted as they come."""
    progress = quiz.locator(".cq-progress")
    assert progress.inner_text() == "0 of 12 answered"
    answer_by_keyboard(quiz, "garden-one", "evening")
    check_by_keyboard(quiz, "garden-one")
    assert progress.inner_text() == "1 of 12 answered, 1 right"
    assert progress.get_attribute("data-done") == "1"


def test_the_source_is_shown_on_demand(quiz):
    """After the attempt, folded away, with the sources of single choices."""
    answer_by_keyboard(quiz, "garden-one", "evening")
    check_by_keyboard(quiz, "garden-one")
    source = item(quiz, "garden-one").locator("details.cq-source")
    assert source.locator("p").first.is_hidden()
    source.locator("summary").press("Enter")
    assert source.locator("p").all_inner_texts() == [
        "The gardener's notebook, page 3",
        "The gardener's notebook, page 4",
    ]


def test_hostile_text_is_shown_as_text(offline_page, tmp_path):
    """Tags in stem, choice, feedback and source are letters on the page; nothing of them acts."""
    open_page(offline_page, write_page(tmp_path, every_kind(name="check-01")))
    here = item(offline_page, "garden-hostile")
    assert "</script><img src=x onerror=alert(1)>" in here.inner_text()
    here.locator('input[value="tag"]').check()
    here.locator("[data-action=check]").click()
    assert "<i>not leaning</i>" in here.inner_text()
    assert here.locator("img, i, b").count() == 0
    assert offline_page.problems == []


def test_a_drill_is_answered_like_a_quiz(offline_page, tmp_path):
    """Made from the rules, drawn and scored in the page."""
    open_page(offline_page, write_page(tmp_path, drill_page()))
    answer_by_keyboard(offline_page, "drill-cedaw-session-deadline", "2027-09-13")
    check_by_keyboard(offline_page, "drill-cedaw-session-deadline")
    payload = json.loads(offline_page.locator("script[data-course=payload]").text_content())
    far = next(entry for entry in payload["items"] if entry["id"].endswith("-far"))
    for choice, target in far["key"].items():
        item(offline_page, far["id"]).locator(f'[data-choice="{choice}"] select').select_option(target)
    item(offline_page, far["id"]).locator("[data-action=check]").click()
    assert offline_page.locator(".cq-progress").inner_text() == "2 of 4 answered, 2 right"
    assert offline_page.problems == []
