"""One rule, two languages: the browser's score is Python's score."""

from __future__ import annotations

import json
import random
import unicodedata

import pytest

from course.content import load_items
from course.content.models import ITEM_KINDS, Drill
from course.quizzes import score_response
from course.quizzes.drills import make_backward_items
from course.quizzes.payload import find_drill
from tests.browser.quiz_pages import RIGHT, SAMPLE, drill_page, every_kind, open_page, write_page

pytestmark = pytest.mark.browser
ODD = [
    None,
    True,
    False,
    0,
    -1,
    1.5,
    1e308,
    "",
    "evening",
    "2027-09-13",
    [],
    {},
    [[]],
    [None],
    [1, 2],
    {"spade": 1},
]
ODD += [
    ["dig", "dig"],
    {"__proto__": "x"},
    {"constructor": "turning"},
    ["constructor"],
    "constructor",
    "__proto__",
]


def written_forms(chance, text):
    """A text as keyboards and people give it: case, spaces, marks, shapes of letters and figures, a slip."""
    yield text
    yield text.upper()
    yield f" \u200f«{text.lower()}». \t"
    yield text.replace("/", " / ").replace("-", "\u2013")
    yield text.translate({0x30 + digit: 0x660 + digit for digit in range(10)})
    yield (
        text.translate({0x30 + digit: 0x6F0 + digit for digit in range(10)})
        .replace("ي", "ى")
        .replace("ك", "ک")
    )
    yield "\u0640".join(text)
    yield text.replace("ا", "أ\u064e").replace("e", "é").replace("n", "n\u0303")
    yield unicodedata.normalize("NFKD", text).swapcase()
    signs = list(text)
    chance.shuffle(signs)
    yield "".join(signs)
    yield text[:-1]


def generated_maps(item, chance):
    """Responses to items whose answer is a mapping: rows left out, wrong, unknown, of the wrong type."""
    rows = list(item.key)
    if item.kind == "cloze":
        pools = {name: list(gap.choices) for name, gap in item.gaps.items()}
    else:
        pools = {row: [*item.choices, *item.targets] for row in rows}
    for _ in range(60):
        some = chance.sample(rows, chance.randint(0, len(rows)))
        yield {row: chance.choice([item.key[row], *pools[row], "nothing-known", None, 3]) for row in some}


def generated_texts(item, chance):
    """Responses to items that are written, each known answer in every form."""
    parts = getattr(item, "parts", None)
    known = [
        (name, value)
        for name, part in (parts or {"": item}).items()
        for choice in part.choices.values()
        for value in choice.values
    ]
    for name, value in known:
        for text in written_forms(chance, value):
            yield {name: text} if parts else text
    for _ in range(60 if parts else 0):
        yield {
            name: chance.choice([*written_forms(chance, value), None, 5, ""])
            for name, value in chance.sample(known, chance.randint(0, len(known)))
        }


def generated(item, chance):
    """Responses that people and damaged files give: choices, numbers and days near the key, odd values."""
    yield from ODD
    yield json.loads(json.dumps(dict(item.key) if isinstance(item.key, dict) else item.key))
    if item.kind in ("short-text", "document-hunt"):
        yield from generated_texts(item, chance)
    if item.kind in ("cloze", "classification", "build-parts"):
        yield from generated_maps(item, chance)
    if item.kind in ("cloze", "short-text", "document-hunt"):
        return
    names = list(item.choices)
    targets = list(getattr(item, "targets", {})) or names
    for _ in range(60):
        some = chance.sample(names, chance.randint(0, len(names)))
        yield chance.choice(names)
        yield some
        yield [*some, chance.choice(names), "no-choice"]
        yield chance.sample(names, len(names))
        yield {name: chance.choice([*targets, "no-target", None]) for name in some}
    for choice in item.choices.values():
        value = getattr(choice, "value", None)
        if isinstance(value, float):
            yield from (value + step / 4 for step in range(-5, 6))
            yield value + 0.5 + 1e-12
        elif value is not None:
            yield from (
                value.isoformat(),
                f" {value}",
                value.strftime("%Y%m%d"),
                value.replace(year=2000).isoformat(),
            )


def test_the_browser_scores_as_python_does(offline_page, tmp_path):
    """Thousands of responses to every kind, odd ones included, and not one differs by a hair."""
    open_page(offline_page, write_page(tmp_path, every_kind(), drill_page()))
    items = [load_items("01-garden", SAMPLE)[name] for name in RIGHT]
    drill = find_drill("01-garden", "women", SAMPLE)
    assert isinstance(drill, Drill)
    items += make_backward_items(drill, "en")
    chance = random.Random(20271011)
    cases = [(item, response) for item in items for response in generated(item, chance)]
    in_browser = offline_page.evaluate(
        """cases => {
          const items = new Map([...document.querySelectorAll('script[data-course=payload]')]
            .flatMap((source) => JSON.parse(source.textContent).items).map((item) => [item.id, item]));
          return cases.map(([id, response]) => courseQuiz.score(items.get(id), response));
        }""",
        [[item.id, response] for item, response in cases],
    )
    in_python = [score_response(item, response) for item, response in cases]
    different = [
        (item.id, response, there, here)
        for (item, response), there, here in zip(cases, in_browser, in_python, strict=True)
        if there != here
    ]
    assert different == []
    assert len(cases) > 2000
    assert {item.kind for item in items} == set(ITEM_KINDS)
    for item in items:
        scores = {score for (of, _), score in zip(cases, in_python, strict=True) if of.id == item.id}
        assert {0.0, 1.0} <= scores, item.id


def test_the_key_in_the_page_scores_1(offline_page, tmp_path):
    """For every kind the right response is right in the browser too."""
    open_page(offline_page, write_page(tmp_path, every_kind()))
    scores = offline_page.evaluate(
        """right => JSON.parse(document.querySelector('script[data-course=payload]').textContent).items
             .map((item) => courseQuiz.score(item, right[item.id]))""",
        RIGHT,
    )
    assert scores == [1] * len(RIGHT)
