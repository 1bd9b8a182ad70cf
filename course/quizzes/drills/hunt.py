"""The drill `hunt`: find the source that a draft left out and who asked, read a paragraph, choose a citation.

Everything is asked of recommendations that somebody saw in the document itself; the words are the
course's own paraphrases, in English, as the extract shows them.
"""

from __future__ import annotations

from functools import cache
from random import Random

from course.content.models import BaseItem, Choice, DocumentHunt, SingleChoice
from course.content.models.kinds import Part, WrittenChoice
from course.facts import bodies, country
from course.facts.countries import Recommendation
from course.quizzes.drills.making import Question, make_items
from course.texts import LANGUAGES, section, text

COUNTRY = "MAR"
EXTRACT = f"{COUNTRY}-recommendations"
# Themes that are searched together: each list is short enough for a phone.
LISTS = (
    ("children", "education", "nationality", "family-law"),
    ("women-equality", "women-violence", "health", "data"),
    ("civic-space", "expression", "justice", "rights-education"),
    ("detention", "death-penalty", "disappearances", "treaties"),
    ("living-standards", "work", "migration", "trafficking", "culture-language", "non-discrimination"),
)
OFFERED = 4  # choices of a question
EXPLAINED = 5  # wrong paragraphs whose words are given back


def make_hunt_paper(objective: str, seed: int, language: str) -> list[BaseItem]:
    """The items of one paper, all on one list: two sources to find, one paragraph, one citation."""
    chance = Random(f"hunt {seed}")
    themes = LISTS[seed % len(LISTS)]
    rows = rows_of(themes)
    first, second, third, fourth = chance.sample(rows, 4)
    questions = [
        _ask_source(chance, first, themes, language),
        _ask_source(chance, second, themes, language),
        _ask_words(chance, third, rows, language),
        _ask_citation(chance, fourth, rows, language),
    ]
    return make_items("hunt", seed, objective, questions)


@cache
def rows_of(themes: tuple[str, ...]) -> tuple[Recommendation, ...]:
    """The recommendations of one list that were seen in their document, each with words of its own."""
    rows = [row for row in country(COUNTRY).recommendations if row.decides and row.theme in themes]
    words = [row.paraphrase for row in rows]
    return tuple(row for row in rows if words.count(row.paraphrase) == 1)


def _ask_source(chance: Random, row: Recommendation, themes: tuple[str, ...], language: str) -> Question:
    rows = rows_of(themes)
    others = sorted({other.symbol for other in rows} - {row.symbol})
    symbols = {"right": WrittenChoice(values=(row.symbol,), feedback=_say("symbol-right", row, language))}
    for number, symbol in enumerate(others, start=1):
        said = text("drill.hunt-symbol-other", language, symbol=symbol)
        symbols[f"other-{number}"] = WrittenChoice(values=(symbol,), feedback=said)
    near = [other for other in rows if other.symbol == row.symbol and other.paragraph != row.paragraph]
    paragraphs = {
        "right": WrittenChoice(
            values=(row.paragraph, f"para. {row.paragraph}", f"§ {row.paragraph}"),
            feedback=_say("paragraph-right", row, language),
        )
    }
    for number, other in enumerate(chance.sample(near, min(EXPLAINED, len(near))), start=1):
        said = text("drill.hunt-paragraph-other", language, paragraph=other.paragraph, words=other.paraphrase)
        paragraphs[f"other-{number}"] = WrittenChoice(values=(other.paragraph,), feedback=said)
    fields = {
        "kind": "document-hunt",
        "stem": _say("ask-source", row, language),
        "extract": EXTRACT,
        "only": {"theme": themes},
        "parts": {
            "symbol": _part("symbol", symbols, language),
            "paragraph": _part("paragraph", paragraphs, language),
            "addressee": _part("addressee", _addressees(row, rows, language), language),
        },
        "source": f"{row.symbol}, para. {row.paragraph}",
        "hints": _hints("source", language),
    }
    return Question(DocumentHunt, ("source", row.id, row.body), fields)


def _addressees(
    row: Recommendation, rows: tuple[Recommendation, ...], language: str
) -> dict[str, WrittenChoice]:
    """To whom the next letter goes: the one who asked, by its letters or by its name."""
    others = sorted({other.body for other in rows} - {row.body})
    right = WrittenChoice(values=_written(row.body), feedback=_say("addressee-right", row, language))
    choices = {"right": right}
    for number, body in enumerate(others, start=1):
        said = text("drill.hunt-addressee-other", language, other=body, body=row.body)
        choices[f"other-{number}"] = WrittenChoice(values=_written(body), feedback=said)
    return choices


def _written(body: str) -> tuple[str, ...]:
    """How a body is written: its letters, those of its documents, its name in each language of the course."""
    if body in bodies():
        known = bodies()[body]
        written = (body, known.document_code, *(known.name(language) for language in LANGUAGES))
    else:
        names = (text(f"facts.mechanism-{body}", language) for language in LANGUAGES)
        written = (body, *(name.partition(" (")[0] for name in names))
    return tuple(dict.fromkeys(written))


def _part(name: str, choices: dict[str, WrittenChoice], language: str) -> Part:
    return Part(
        label=text(f"drill.hunt-label-{name}", language),
        choices=choices,
        key="right",
        otherwise=text(f"drill.hunt-otherwise-{name}", language),
    )


def _ask_words(
    chance: Random, row: Recommendation, rows: tuple[Recommendation, ...], language: str
) -> Question:
    others = chance.sample([other for other in rows if other is not row], OFFERED - 1)
    choices = [("right", Choice(text=row.paraphrase, feedback=_say("words-right", row, language)))]
    choices += [
        (f"other-{number}", Choice(text=other.paraphrase, feedback=_say("words-other", other, language)))
        for number, other in enumerate(others, start=1)
    ]
    return _single("words", (row, *others), choices, chance, language)


def _ask_citation(
    chance: Random, row: Recommendation, rows: tuple[Recommendation, ...], language: str
) -> Question:
    other = chance.choice([one for one in rows if one.paragraph != row.paragraph])
    body = bodies()[row.body].name(language) if row.body in bodies() else row.body
    written = {
        "right": f"{row.symbol}, para. {row.paragraph}",
        "no-paragraph": row.symbol,
        "no-symbol": f"{body}, {row.date[:4]}",
        "wrong-paragraph": f"{row.symbol}, para. {other.paragraph}",
    }
    choices = [
        (name, Choice(text=shown, feedback=_say(f"citation-{name}", row, language)))
        for name, shown in written.items()
    ]
    return _single("citation", (row, other), choices, chance, language)


def _single(
    name: str,
    rows: tuple[Recommendation, ...],
    choices: list[tuple[str, Choice]],
    chance: Random,
    language: str,
) -> Question:
    """`rows` are what decides the question: first that which is asked for, then those beside it."""
    chance.shuffle(choices)
    fields = {
        "kind": "single-choice",
        "stem": _say(f"ask-{name}", rows[0], language),
        "choices": dict(choices),
        "key": "right",
        "source": f"{rows[0].symbol}, para. {rows[0].paragraph}",
        "hints": _hints(name, language),
    }
    order = (choice for choice, _ in choices)
    return Question(SingleChoice, (name, *(row.id for row in rows), *order), fields)


def _say(name: str, row: Recommendation, language: str) -> str:
    return text(
        f"drill.hunt-{name}",
        language,
        symbol=row.symbol,
        paragraph=row.paragraph,
        year=row.date[:4],
        words=row.paraphrase,
        body=row.body,
    )


def _hints(name: str, language: str) -> tuple[str, ...]:
    texts = section("drill", language)
    return tuple(texts[f"hunt-hint-{name}-{step}"] for step in (1, 2, 3))
