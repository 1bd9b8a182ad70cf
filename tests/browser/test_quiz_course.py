"""The course's own quizzes, drills and forms: each is drawn, fits a phone, and its key is right."""

from __future__ import annotations

from importlib.resources import files

import pytest

from course.content import load_forms, load_module, module_folders
from course.files import PACKAGE_ROOT
from course.forms.payload import form_payload
from course.quizzes import Page, drill_payload, quiz_payload
from tests.browser.quiz_pages import open_page, write_page

pytestmark = pytest.mark.browser
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
MODULES = [folder.name for folder in module_folders(PACKAGE_ROOT)]


def pages_of(module, lang):
    """Every set, drill and form of a module."""
    loaded = load_module(module)
    quizzes = [Page(quiz_payload(module, name, lang)) for name in loaded.quizzes]
    drills = [Page(drill_payload(module, name, lang)) for name in loaded.drills]
    forms = [Page(form_payload(f"{module}/{name}", form, lang)) for name, form in load_forms(module).items()]
    return [*quizzes, *drills, *forms]


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("module", MODULES)
def test_every_page_of_a_module_is_drawn_on_a_phone(offline_page, tmp_path, module, lang):
    """At 360 pixels nothing overflows, axe finds nothing, and the right answer of each item earns 1."""
    pages = pages_of(module, lang)
    offline_page.set_viewport_size({"width": 360, "height": 800})
    open_page(offline_page, write_page(tmp_path, *pages, lang=lang))
    drawn = offline_page.evaluate(
        "[...document.querySelectorAll('.course-quiz')].map((one) => one.dataset.id)"
    )
    assert drawn == [page.payload["id"] for page in pages]
    assert offline_page.locator("[data-item]").count() == sum(
        len(page.payload["items"]) for page in pages if page.payload["mode"] == "quiz"
    )
    assert offline_page.evaluate("document.documentElement.scrollWidth") == 360
    offline_page.evaluate(AXE)
    found = offline_page.evaluate("axe.run(document)")
    assert [(rule["id"], rule["nodes"][0]["html"][:150]) for rule in found["violations"]] == []
    wrong = offline_page.evaluate(
        """() => [...document.querySelectorAll('[data-mode=quiz] > script[data-course=payload]')]
             .flatMap((source) => JSON.parse(source.textContent).items)
             .filter((item) => {
               const written = ({choices, key}) => {
                 const {value, values} = choices.find(({id}) => id === key);
                 return value ?? values[0];
               };
               const isWritten = ['numeric', 'date', 'short-text'].includes(item.kind);
               const found = item.parts?.map((part) => [part.id, written(part)]);
               const right = isWritten ? written(item) : found ? Object.fromEntries(found) : item.key;
               return courseQuiz.score(item, right) !== 1;
             }).map((item) => item.id)"""
    )
    assert wrong == []
    assert offline_page.problems == []
