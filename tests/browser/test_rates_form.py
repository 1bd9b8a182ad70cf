"""The form for rates in a real browser: the same answers as Python's, and nothing leaves it."""

from __future__ import annotations

import json
import random
from importlib.resources import files

import pytest

from course.numbers.counting import NumbersError, read_lines
from course.numbers.form import rates
from course.numbers.limits import LINES, MOST
from course.numbers.saying import About, say_rates
from course.texts import LANGUAGES, direction, section

pytestmark = pytest.mark.browser
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
ASKED = 300
JS_SAID = """([lang, tables]) => {
  const root = document.querySelector(`.course-rates[lang="${lang}"]`);
  const data = JSON.parse(root.querySelector("script[type='application/json']").textContent);
  return tables.map(([rows, about]) => {
    try {
      const said = courseRates.sayRates(data, rows, about);
      return [said.shown, said.warnings, said.sentence];
    } catch (refusal) {
      return { refused: refusal.message, line: refusal.line };
    }
  });
}"""


def python_said(rows, about, lang):
    """What Python says of a table, in the shape in which the script says it."""
    try:
        said = say_rates(read_lines(rows, lang), About(**about), lang)
    except NumbersError as refused:
        return {"refused": str(refused), "line": refused.line}
    return [[list(line) for line in said.lines], list(said.warnings), said.sentence]


def draw_tables(chance):
    """Tables as people write them: large and small, with Arabic figures, faults and empty lines."""
    for _ in range(ASKED):
        rows = []
        for place in range(chance.randint(0, LINES + 1)):
            most = chance.choice((9, 49, 400, 9_000, MOST))
            people = chance.randint(1, most)
            problem = chance.choice((0, people, chance.randint(0, people), chance.randint(0, min(4, people))))
            written = [str(people), str(problem)]
            fault = chance.randrange(60)
            if fault < 6:
                written[fault % 2] = ("", "12,5", "x", "-1", "\u200f١٬٢٠٠", "1 200")[fault]
            elif fault == 6:
                written.reverse()
            elif fault < 12:
                written = ["".join(chr(0x660 + int(sign)) for sign in number) for number in written]
            name = chance.choice(("", "girls", f"{{group}} {place}", "بنات")) if fault > 56 else f"g {place}"
            rows.append(["", " ", ""] if fault == 12 else [name, *written])
        about = {name: chance.choice(("", " ", "some words")) for name in ("what", "who", "when")}
        yield rows, {**about, "basis": chance.choice(("reached", "all"))}


def test_the_form_says_what_python_says_and_can_be_used_on_a_telephone(offline_page, tmp_path):
    """Drawn tables in three languages; then one is typed, and a fault is named at its field."""
    page = offline_page
    page.set_viewport_size({"width": 360, "height": 740})
    address = tmp_path / "rates.html"
    body = "".join(f'<div dir="{direction(lang)}">{rates(lang)._repr_html_()}</div>' for lang in LANGUAGES)
    address.write_text(
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" '
        'content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">'
        f"<title>A page</title></head><body><main><h1>A page</h1>{body}</main></body></html>",
        encoding="utf-8",
    )
    page.goto(address.as_uri())
    page.wait_for_function("document.querySelectorAll('.course-rates[data-ready]').length === 3")

    chance = random.Random(360)
    refused = 0
    for lang in LANGUAGES:
        tables = list(draw_tables(chance))
        expected = [python_said(rows, about, lang) for rows, about in tables]
        refused += sum(isinstance(said, dict) for said in expected)
        found = page.evaluate(JS_SAID, [lang, [list(table) for table in tables]])
        assert found == json.loads(json.dumps(expected)), lang
    assert 100 < refused < 2 * ASKED

    form = page.locator('.course-rates[lang="en"]')
    form.get_by_label("The problem", exact=True).fill("have left school")
    lines = form.locator("fieldset")
    for place, row in enumerate((("Boys", "12", "58"), ("Girls", "61", "38"))):
        for control, text in zip(lines.nth(place).locator("input").all(), row, strict=True):
            control.fill(text)
    form.get_by_role("button", name="Count").click()
    assert "wrong way round" in form.locator(".cr-refused").inner_text()
    assert page.evaluate("document.activeElement.name") == "problem"
    lines.nth(0).locator("input[name=people]").fill("58")
    lines.nth(0).locator("input[name=problem]").fill("12")
    form.get_by_role("button", name="Count").click()
    assert form.locator(".cr-refused").count() == 0
    assert form.locator("tbody tr").nth(1).inner_text().split() == ["Girls", "61", "38", "62%", "+41", "×3.0"]
    assert "Girls 38 of 61 (62%)" in form.locator("textarea").input_value()

    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [violation["id"] for violation in found["violations"]] == []
    form.get_by_role("button", name="Empty the form").click()
    assert form.locator("tbody").count() == 0
    assert form.get_by_label("The problem", exact=True).input_value() == ""
    assert page.evaluate("localStorage.length") == 0
    assert page.outside_requests == []
    assert page.problems == []
    assert section("numbers")["hand-4"] in form.locator("details").text_content()
