"""For everyone: axe finds nothing, nothing runs out of the page, the style is there."""

from __future__ import annotations

from importlib.resources import files

import pytest

from tests.browser.quiz_pages import RIGHT, drill_page, every_kind, form_page, item, open_page, write_page

pytestmark = pytest.mark.browser
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def violations(tab):
    """What axe finds, each as its rule and the nodes; best practices are looked at too."""
    tab.evaluate(AXE)
    found = tab.evaluate("axe.run(document)")
    assert found["passes"], "axe looked at nothing"
    return [(rule["id"], [node["html"][:150] for node in rule["nodes"]]) for rule in found["violations"]]


def overflow(tab):
    """By how many pixels the page is wider than the window."""
    return tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def answer_something(tab):
    """So that verdicts, reasons, hints, notes and warnings are on the page as well."""
    for name, choice in (("garden-one", "noon"), ("garden-many", "mint"), ("garden-many", "bean")):
        item(tab, name).locator(f'input[value="{choice}"]').check()
    item(tab, "garden-match").locator("select").first.select_option(index=1)
    item(tab, "garden-number").locator("input").fill("360")
    item(tab, "garden-gaps").locator("select").first.select_option(index=1)
    item(tab, "garden-sort").locator("input").first.check()
    item(tab, "garden-word").locator("input").fill("Seeds")
    item(tab, "garden-paragraphs").locator("input").first.check()
    item(tab, "garden-hunt").locator("input[type=text]").first.fill("CRC/C/MAR/3-4")
    item(tab, "garden-chain").locator("button[data-slot]").first.click()
    item(tab, "garden-one").locator("[data-action=hint]").click()
    for name in RIGHT:  # one is left unanswered, and asked for
        item(tab, name).locator("[data-action=check]").click()
    item(tab, "body").locator('input[value="cedaw"]').check()
    item(tab, "why").locator("textarea").fill("one two three four five six seven eight nine")
    for summary in tab.locator("summary:visible").all():
        summary.click()


@pytest.mark.parametrize(
    ("lang", "width", "scheme"),
    [("en", 1280, "light"), ("en", 360, "dark"), ("ar", 1280, "dark"), ("ar", 360, "light")],
)
def test_axe_finds_nothing_before_and_after_answering(offline_page, tmp_path, lang, width, scheme):
    """Quiz, drill and form, wide and narrow, light and dark, in both directions; and nothing overflows."""
    offline_page.set_viewport_size({"width": width, "height": 800})
    offline_page.emulate_media(color_scheme=scheme)
    open_page(
        offline_page, write_page(tmp_path, every_kind(lang), drill_page(lang), form_page(lang), lang=lang)
    )
    assert violations(offline_page) == []
    assert overflow(offline_page) == 0
    answer_something(offline_page)
    assert violations(offline_page) == []
    assert overflow(offline_page) == 0
    assert offline_page.problems == []
    assert offline_page.outside_requests == []


def test_the_style_is_there_after_drawing(offline_page, tmp_path):
    """The frame, the room around a choice, and the colours of the scheme."""
    open_page(offline_page, write_page(tmp_path, every_kind()))
    read = "name => getComputedStyle(document.querySelector('.course-quiz'))[name]"
    light = offline_page.evaluate(read, "backgroundColor")
    assert offline_page.evaluate(read, "borderRadius") == "12px"
    offline_page.emulate_media(color_scheme="dark")
    assert offline_page.evaluate(read, "backgroundColor") != light


def test_a_page_that_is_light_only_keeps_the_quiz_light(offline_page, tmp_path):
    """A dark device with a page that knows no dark: a dark quiz on white would be worse."""
    address = write_page(tmp_path, every_kind())
    path = tmp_path / "page.html"
    path.write_text(path.read_text(encoding="utf-8").replace("light dark", "light"), encoding="utf-8")
    offline_page.emulate_media(color_scheme="dark")
    open_page(offline_page, address)
    read = "getComputedStyle(document.querySelector('.course-quiz')).backgroundColor"
    assert offline_page.evaluate(read) == "rgb(255, 255, 255)"
    offline_page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert offline_page.evaluate(read) == "rgb(26, 34, 42)"


def test_every_target_can_be_hit_on_a_phone(offline_page, tmp_path):
    """Whatever is pressed measures at least 24 by 24 pixels at 360 pixels width."""
    offline_page.set_viewport_size({"width": 360, "height": 800})
    open_page(offline_page, write_page(tmp_path, every_kind(), form_page()))
    sizes = offline_page.evaluate(
        """() => ['button', 'select', 'textarea', 'summary', '.cq-choice', '[type=text]', '[type=date]']
             .flatMap((kind) => [...document.querySelectorAll('.course-quiz ' + kind)])
             .filter((one) => one.checkVisibility()).map((one) => one.getBoundingClientRect())
             .map(({width, height}) => [width, height])"""
    )
    assert len(sizes) > 30
    assert [size for size in sizes if min(size) < 24] == []


def test_the_focus_can_be_seen(offline_page, tmp_path):
    """By keyboard each control has a line of 3 pixels around it or around its choice."""
    open_page(offline_page, write_page(tmp_path, every_kind()))
    seen = set()
    for _ in range(30):
        offline_page.keyboard.press("Tab")
        tag, width = offline_page.evaluate(
            """() => { const one = document.activeElement; const box = one.closest('.cq-choice') || one;
                       return [one.tagName, getComputedStyle(box).outlineWidth]; }"""
        )
        seen.add((tag, width))
    assert {tag for tag, _ in seen} >= {"INPUT", "BUTTON", "SELECT"}
    assert {width for _, width in seen} == {"3px"}


def test_questions_and_fields_have_names_for_a_screen_reader(offline_page, tmp_path):
    """A question is a group named by its stem, a text field is named by its label."""
    open_page(offline_page, write_page(tmp_path, every_kind(), form_page()))
    assert offline_page.get_by_role("group", name="When is the best moment to water?").count() == 1
    assert offline_page.get_by_role("radio", name="In the evening").count() == 1
    assert offline_page.get_by_role("button", name="Move up: Dig").count() == 2
    assert offline_page.get_by_role("combobox", name="Shears").count() == 1
    assert offline_page.get_by_role("combobox", name="Gap 2 of 3").count() == 1
    assert offline_page.get_by_role("radiogroup", name="Melon").get_by_role("radio").count() == 4
    assert offline_page.get_by_role("searchbox", name="Search the list").count() == 1
    assert offline_page.get_by_role("group", name="We are angry.").get_by_role("button").count() == 3
    assert offline_page.get_by_role("textbox", name="Why you keep it").count() == 1
    assert offline_page.get_by_role("textbox", name="Water a day").count() == 1


def test_symbols_and_days_keep_their_order_in_arabic(offline_page, tmp_path):
    """Each is isolated, so the year does not change places with the day."""
    open_page(offline_page, write_page(tmp_path, every_kind("ar"), lang="ar"))
    legend = item(offline_page, "garden-one").locator("legend bdi")
    assert legend.all_inner_texts() == ["A/GARDEN/12", "2027-09-13"]
    assert item(offline_page, "garden-day").get_attribute("dir") == "ltr"
    assert item(offline_page, "garden-day").locator(".cq-untranslated").get_attribute("dir") == "rtl"


def test_without_javascript_everything_can_be_read(browser, tmp_path):
    """Questions, choices and the folded answers of a quiz; the labels of a form."""
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(write_page(tmp_path, every_kind(), form_page()))
    assert tab.get_by_text("When is the best moment to water?").is_visible()
    assert tab.get_by_text("In the evening the soil is cool").is_hidden()
    tab.get_by_text("Answer and reasons").first.click()
    assert tab.get_by_text("In the evening the soil is cool").is_visible()
    assert tab.get_by_text("What you call the garden").is_visible()
    context.close()


def test_the_same_script_twice_draws_once(offline_page, tmp_path):
    """Two quizzes bring the script twice; each is drawn once and keeps its own answers."""
    open_page(offline_page, write_page(tmp_path, every_kind(), every_kind(name="check-01")))
    assert offline_page.locator("[data-item=garden-order]").count() == 1
    assert offline_page.locator("[data-item=garden-one]").count() == 2
    assert offline_page.locator(".cq-title").count() == 2
    offline_page.evaluate("courseQuiz.drawAll()")
    assert offline_page.locator(".cq-title").count() == 2
    assert offline_page.problems == []
