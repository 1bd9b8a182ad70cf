"""What is drawn: a quiz as plain JSON data, in one language, with its texts.

The payload of a quiz and of a form has one shape:

    {"mode": "quiz" | "form", "id", "lang", "dir", "title", "intro",
     "ui": {id: text}, "items": [...], "actions": [{"name", "label"}], "readonly": false,
     "whole": true where a quiz is passed only with every answer right,
     "papers": [[item id]], "another": text of the button, where a drill shows one paper at a time,
     "extracts": {name: [{column: text}]} where an item searches one; rows are English}

and an item of a quiz:

    {"id", "revision", "objective", "kind", "lang", "dir", "stem", "source", "hints": [],
     "choices": [{"id", "text", "feedback", "source"} or {"id", "value", "feedback", "credit"}],
     "targets": [{"id", "text"}], "key", "tolerance", "unit", "otherwise"}

and besides, by kind:

    cloze           "text" with {gap}, "gaps": [{"id", "choices": [{"id", "text", "feedback", "source"}]}]
    short-text      choices are {"id", "values": [text], "feedback", "credit"}
    mark-paragraph  "passage", choices have "number" and stand in the order of the extract
    document-hunt   "extract": its name, "parts": [{"id", "label", "choices" as of a short text,
                    "key", "otherwise"}]
    build-parts     "given": [target id]

`key` is an id; a list of ids; {choice: target} (matching, classification); {gap: choice};
{part: choice}; or {target: choice} (build-parts). The response has the same shape, but what is
written stands in place of a choice's id: a number, a day, a short text, {part: text}.

The key is in it: a quiz is for practice, and says so. What counts is graded elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from course.content import find_set, load_bank, load_item_texts, load_items, load_module
from course.content.extracts import extract_name, extract_rows
from course.content.models import ItemText
from course.errors import CourseError
from course.files import find_root
from course.quizzes.drills import drill_intro, drill_title, make_papers
from course.texts import LANGUAGES, direction, section, text

SOURCE_LANGUAGE = LANGUAGES[0]
SET_NAMES = ("recall", "check", "start", "exit")


def page_texts(mode: str, language: str) -> dict[str, str]:
    """The interface texts of a page: what quizzes say, and for another mode what only it says.

    Titles and intros of sets stay here: one of each is in the payload already.
    """
    texts = dict(section("quiz", language))
    if mode != "quiz":
        texts |= section(mode, language)
    return {name: said for name, said in texts.items() if not name.startswith(("title-", "intro-"))}


def shuffle(item: str, choices: Iterable[str]) -> list[str]:
    """Choice ids in an order that is the same for everyone and tells nothing about the key.

    By the hash of item and choice, so that a page looks the same wherever it is made.
    """
    return sorted(choices, key=lambda choice: sha256(f"{item}{choice}".encode()).hexdigest())


def quiz_items(module: str, name: str, root: Path) -> list[tuple[str, Any]]:
    """The items of a set with the module each comes from: recall sets look back to others.

    Raises CourseError for a set that does not exist or an item that nobody wrote.
    """
    own = load_items(module, root)
    found = []
    for identifier in find_set(load_module(module, root), name):
        if identifier in own:
            found.append((module, own[identifier]))
        elif identifier in load_bank(root):
            found.append(load_bank(root)[identifier])
        else:
            raise CourseError(
                f"modules/{module}/module.yml: the set {name} names {identifier!r}, which is in no "
                "items.yml; correct the id or write the item."
            )
    return found


def quiz_payload(module: str, name: str, lang: str = "en", root: Path | None = None) -> dict[str, Any]:
    """The payload of one set of a module's items. Raises CourseError where the set is not there."""
    root = root or find_root()
    start = name.partition("-")[0]
    whole = name in load_module(module, root).whole
    kind = "whole" if whole else start if start in SET_NAMES else "practice"
    texts = section("quiz", lang)
    items = [
        item_payload(item, _text_in(home, item.id, lang, root), lang)
        for home, item in quiz_items(module, name, root)
    ]
    page = _page(f"{module}/{name}", lang, texts[f"title-{kind}"], texts[f"intro-{kind}"], items)
    return {**page, "whole": whole, **page_extracts(item for _, item in quiz_items(module, name, root))}


def page_extracts(items: Iterable[Any]) -> dict[str, Any]:
    """{"extracts": {name: rows}} for the items that search one, each table once; else nothing."""
    rows = {extract_name(item): extract_rows(item) for item in items if item.kind == "document-hunt"}
    return {"extracts": rows} if rows else {}


def drill_payload(
    module: str, name: str, lang: str = "en", root: Path | None = None, *, seed: int | None = None
) -> dict[str, Any]:
    """The payload of one drill of a module, its items made from the facts of today."""
    drill = find_drill(module, name, root)
    papers = make_papers(drill, lang, seed)
    items = [item_payload(item, None, lang, lang) for paper in papers for item in paper]
    page = _page(f"{module}/drill-{name}", lang, drill_title(drill, lang), drill_intro(drill, lang), items)
    page |= page_extracts(item for paper in papers for item in paper)
    if len(papers) == 1:
        return page
    return {
        **page,
        "papers": [[item.id for item in paper] for paper in papers],
        "another": text("drill.another", lang),
    }


def find_drill(module: str, name: str, root: Path | None = None) -> Any:
    """The drill of that name; raises CourseError with the names that exist."""
    drills = load_module(module, root or find_root()).drills
    if name not in drills:
        raise CourseError(f"{module} has no drill {name!r}; it has {', '.join(sorted(drills)) or 'none'}.")
    return drills[name]


def item_payload(
    item: Any, text: ItemText | None, lang: str, written_in: str = SOURCE_LANGUAGE
) -> dict[str, Any]:
    """One item as plain data, in its translation where there is one, else in `written_in`."""
    language = lang if text else written_in
    return {
        "id": item.id,
        "revision": item.revision,
        "objective": item.objective,
        "kind": item.kind,
        "lang": language,
        "dir": direction(language),
        "stem": (text or item).stem,
        "choices": _choices(getattr(item, "choices", {}), text, _shown_order(item)),
        "targets": [
            {"id": name, "text": (text.targets[name] if text else target).text}
            for name, target in getattr(item, "targets", {}).items()
        ],
        "key": _plain_key(item.key),
        "tolerance": getattr(item, "tolerance", 0.0),
        "unit": (text and text.unit) or getattr(item, "unit", ""),
        "otherwise": (text and text.otherwise) or getattr(item, "otherwise", ""),
        "hints": list((text or item).hints),
        "source": item.source,
        **_of_its_kind(item, text),
    }


def _of_its_kind(item: Any, text: ItemText | None) -> dict[str, Any]:
    """What only items of one kind have."""
    match item.kind:
        case "cloze":
            gaps = [
                {
                    "id": name,
                    "choices": _choices(
                        gap.choices, text and text.gaps[name], shuffle(item.id + name, gap.choices)
                    ),
                }
                for name, gap in item.gaps.items()
            ]
            return {"text": (text or item).text, "gaps": gaps}
        case "mark-paragraph":
            return {"passage": (text or item).passage}
        case "document-hunt":
            parts = [
                {
                    "id": name,
                    "label": (text.parts[name] if text else part).label,
                    "choices": _choices(part.choices, text and text.parts[name], part.choices),
                    "key": part.key,
                    "otherwise": (text.parts[name] if text else part).otherwise,
                }
                for name, part in item.parts.items()
            ]
            return {"extract": extract_name(item), "parts": parts}
        case "build-parts":
            return {"given": list(item.given)}
    return {}


def _page(identifier: str, lang: str, title: str, intro: str, items: list[dict]) -> dict[str, Any]:
    return {
        "mode": "quiz",
        "id": identifier,
        "lang": lang,
        "dir": direction(lang),
        "title": title,
        "intro": intro,
        "ui": page_texts("quiz", lang),
        "items": items,
        "actions": [],
        "readonly": False,
    }


def _text_in(module: str, identifier: str, lang: str, root: Path) -> ItemText | None:
    return None if lang == SOURCE_LANGUAGE else load_item_texts(module, lang, root).get(identifier)


def _shown_order(item: Any) -> list[str]:
    """What is written keeps the file's order, which decides a tie, and paragraphs keep that of their text.

    All other choices are shuffled.
    """
    if item.kind in ("numeric", "date", "short-text", "mark-paragraph"):
        return list(item.choices)
    order = shuffle(item.id, getattr(item, "choices", ()))
    if item.kind == "ordering" and order == list(item.key):
        return [*order[1:], order[0]]  # chance has solved it: one step away
    return order


def _choices(choices: Mapping[str, Any], text: Any, order: Iterable[str]) -> list[dict[str, Any]]:
    return [_choice(name, choices[name], text.choices[name] if text else None) for name in order]


def _choice(name: str, choice: Any, text: Any) -> dict[str, Any]:
    feedback = (text or choice).feedback
    if hasattr(choice, "values"):
        shown = text.text if text and text.text else choice.values[0]
        values = [shown, *(value for value in choice.values if value != shown)]
        return {"id": name, "values": values, "credit": choice.credit, "feedback": feedback}
    if hasattr(choice, "value"):
        value = choice.value.isoformat() if isinstance(choice.value, date) else choice.value
        return {"id": name, "value": value, "credit": choice.credit, "feedback": feedback}
    plain = {"id": name, "text": (text or choice).text, "feedback": feedback, "source": choice.source}
    return {**plain, "number": choice.number} if hasattr(choice, "number") else plain


def _plain_key(key: Any) -> Any:
    if isinstance(key, Mapping):
        return dict(key)
    return list(key) if isinstance(key, tuple) else key
