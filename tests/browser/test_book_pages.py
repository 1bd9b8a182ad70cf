"""Every page of the book in a real browser with the network off: sound, accessible, drawn, at both widths."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
import pytest

from course.content.reading import toc_files

ROOT = Path(__file__).resolve().parents[2]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# axe would fetch the style sheets again, which a page opened from a disk may not.
RUN_AXE = "axe.run(document, {resultTypes: ['violations'], preload: false})"
# Colours change by and by when the day turns into night; axe looks at the end of it.
AT_ONCE = """async () => {
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  for (const one of document.getAnimations()) {
    try { one.finish(); } catch { one.cancel(); }  // one without an end cannot be finished
  }
}"""


PAGES = toc_files(ROOT)
MODULES = sorted({name.split("/")[1] for name in PAGES if name.startswith("modules/")})
SINGLE = [f"single/{module}" for module in MODULES]
EVERY = [*PAGES, "search", "search.ar", *SINGLE]

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(built_book, offline_page):
    """`opened(name)`: a page of the book, from the disk, once its quizzes are drawn."""

    def open_page(name, width=360):
        offline_page.set_viewport_size({"width": width, "height": 800})
        offline_page.goto((built_book / f"{name}.html").as_uri())
        quizzes = offline_page.locator(".course-quiz")
        for place in range(quizzes.count()):
            offline_page.locator(".course-quiz[data-ready=true]").nth(place).wait_for()
        return offline_page

    return open_page


@pytest.mark.parametrize("name", EVERY)
def test_the_page_is_sound(opened, name):
    """Quizzes drawn, nothing asked of another host, no error, no fault that axe knows, no sideways scroll.

    On a phone by day and by night, then on a wide window.
    """
    page = opened(name)
    page.evaluate(AXE)
    for width, scheme in ((360, "light"), (360, "dark"), (1280, "light")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        page.evaluate(AT_ONCE)
        violations = page.evaluate(RUN_AXE)["violations"]
        found = [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in violations]
        assert (width, scheme, found) == (width, scheme, [])
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.outside_requests == []
    assert page.problems == []


@pytest.mark.parametrize("name", [name for name in PAGES if name.startswith("modules/")])
def test_the_keyboard_reaches_the_text_and_the_way_out(opened, name):
    """First stop: skip to the text. *I am at risk* comes among the first four stops, and is in sight."""
    page = opened(name, 360)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('a.skip[href=\"#text\"]')")
    for _ in range(3):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('a.at-risk')"):
            break
    assert page.evaluate("document.activeElement.matches('a.at-risk')")
    assert page.locator("header a.at-risk").is_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/pages/at-risk*.html")
