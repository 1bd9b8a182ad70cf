"""A static form: each field is kept at once; the last day and the paragraph follow the fields."""

from __future__ import annotations

import pytest

from tests.browser.quiz_pages import form_page, item, kept_in_browser, open_page, wait_until_kept, write_page

pytestmark = pytest.mark.browser
FORM = "course:form:01-garden/plan"


@pytest.fixture
def form(offline_page, tmp_path):
    """The form with a field of every kind, open in the browser."""
    open_page(offline_page, write_page(tmp_path, form_page()))
    yield offline_page
    assert offline_page.problems == []
    assert offline_page.outside_requests == []


def test_every_field_is_kept_at_once(form):
    """There is no button to save: after each change the browser holds the value, in the field's shape."""
    item(form, "member_id").locator("input").press_sequentially("bed-07")
    assert kept_in_browser(form, FORM)["member_id"]["response"] == "bed-07"
    item(form, "why").locator("textarea").press_sequentially("For")
    assert kept_in_browser(form, FORM)["why"]["response"] == "For"
    item(form, "body").locator('input[value="cedaw"]').check()
    item(form, "plants").locator('input[value="bean"]').check()
    item(form, "steps").locator("[data-action=keep]").click()
    item(form, "tools").locator('[data-choice="can"] select').select_option("them")
    item(form, "litres").locator("input").fill("1,5")
    item(form, "session").locator("input[type=date]").fill("2027-10-11")
    kept = {name: entry["response"] for name, entry in kept_in_browser(form, FORM).items()}
    assert sorted(kept.pop("steps")) == ["dig", "sow", "water"]
    assert kept == {
        "member_id": "bed-07",
        "why": "For",
        "body": "cedaw",
        "plants": ["bean"],
        "tools": {"can": "them"},
        "litres": 1.5,
        "session": "2027-10-11",
    }
    wait_until_kept(form, "litres")
    assert form.locator(".cq-progress").inner_text() == "8 of 8 filled in"


def test_an_emptied_field_is_kept_empty(form):
    """What was taken out does not come back."""
    item(form, "name").locator("input").fill("Spring")
    item(form, "name").locator("input").fill("")
    assert kept_in_browser(form, FORM)["name"]["response"] is None
    form.reload()
    form.wait_for_selector(".course-quiz[data-ready=true]")
    assert item(form, "name").locator("input").input_value() == ""


def test_an_order_counts_only_when_it_is_meant(form):
    """The order as it is shown is no answer until a step is moved or the button says that it fits."""
    assert form.locator(".cq-progress").inner_text() == "0 of 8 filled in"
    item(form, "steps").locator("[data-action=keep]").press("Enter")
    assert form.locator(".cq-progress").inner_text() == "1 of 8 filled in"


def test_the_last_day_is_computed_from_body_and_session(form):
    """Four weeks before the session; said in words, with the number of days."""
    last = item(form, "last-day")
    assert "The last day then appears here" in last.inner_text()
    item(form, "body").locator('input[value="cedaw"]').check()
    item(form, "session").locator("input[type=text]").fill("2027-10-11")
    assert last.locator(".cq-day").get_attribute("data-day") == "2027-09-13"
    assert "Last day to send: Monday 13 September 2027" in last.inner_text()
    assert "28 days before the session opens" in last.inner_text()


def test_a_body_without_confirmed_rule_says_where_to_look(form):
    """No day is invented: the page names the note of the session."""
    item(form, "body").locator('input[value="ced"]').check()
    item(form, "session").locator("input[type=text]").fill("2027-10-11")
    assert "no confirmed rule" in item(form, "last-day").inner_text()
    assert item(form, "last-day").locator(".cq-day").count() == 0
    assert "not confirmed, see the note of the session" in item(form, "text").inner_text()


def test_the_paragraph_follows_the_fields_and_is_copied(form):
    """Choices by their text, days in words, gaps by the field's name; the button copies what stands there."""
    paragraph = form.locator(".cq-paragraph")
    assert "We sow [What you sow] for [Which fair]" in paragraph.inner_text()
    for choice in ("mint", "bean"):
        item(form, "plants").locator(f'input[value="{choice}"]').check()
    item(form, "body").locator('input[value="cedaw"]').check()
    item(form, "session").locator("input[type=text]").fill("2027-10-11")
    item(form, "litres").locator("input").fill("12")
    item(form, "why").locator("textarea").fill("For <b>shade</b>.")
    expected = (
        "We sow Mint, Beans for The autumn fair on Monday 11 October 2027, with 12 litres. For <b>shade</b>. "
        "Last day: Monday 13 September 2027. [unknown]"
    )
    assert paragraph.inner_text() == expected
    form.context.grant_permissions(["clipboard-read", "clipboard-write"])
    item(form, "text").locator("[data-action=copy]").click()
    form.wait_for_function("document.querySelector('[data-field=text] [role=status]').textContent !== ''")
    assert form.evaluate("navigator.clipboard.readText()") == expected


def test_words_are_counted_while_they_are_written(form):
    """Too few, fitting, too many: the line says which, and never cuts the text."""
    line = item(form, "why").locator(".cq-words")
    assert line.inner_text() == "Words: 0, from 3 to 8"
    item(form, "why").locator("textarea").fill("one two\nthree   four five six seven eight nine ten")
    assert line.inner_text() == "Words: 10, 2 too many (at most 8)"
    assert line.get_attribute("data-over") == "true"


def test_the_note_of_a_choice_is_shown_when_it_is_chosen(form):
    """And goes when another is chosen."""
    note = item(form, "body").locator('[data-choice="cedaw"] .cq-note')
    assert note.is_hidden()
    item(form, "body").locator('input[value="cedaw"]').check()
    assert note.inner_text() == "It opens in October."
    item(form, "body").locator('input[value="ced"]').check()
    assert note.is_hidden()


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("member_id", "Bed 7", "Write it like bed-07."),
        ("litres", "a lot", "This is not a number"),
        ("session", "next autumn", "This is not a day"),
    ],
)
def test_what_does_not_fit_is_said_when_the_field_is_left(form, field, typed, said):
    """Not while typing, and it goes once the field fits."""
    written = item(form, field).locator("input[type=text]")
    ask = item(form, field).locator("[role=alert]")
    written.press_sequentially(typed)
    assert ask.inner_text() == ""
    written.blur()
    assert said in ask.inner_text()


def test_a_form_to_be_read_cannot_be_changed(offline_page, tmp_path):
    """Read-only: no field takes input, nothing is kept, no button to keep or bring back."""
    open_page(offline_page, write_page(tmp_path, form_page(readonly=True)))
    assert (
        offline_page.locator(
            ".course-quiz :is(input, select, textarea):not(:disabled):not(:read-only)"
        ).count()
        == 0
    )
    item(offline_page, "steps").locator("[data-action=down]").first.dispatch_event("click")
    assert offline_page.locator("[data-action=keep], [data-action=export]").count() == 0
    assert offline_page.evaluate("localStorage.length") == 0


def test_a_static_form_has_no_buttons_that_need_python(offline_page, tmp_path):
    """Check and hand in are for the live page."""
    actions = [{"name": "check", "label": "Check"}]
    open_page(offline_page, write_page(tmp_path, form_page(actions=actions)))
    assert offline_page.locator("[data-action=check]").count() == 0
