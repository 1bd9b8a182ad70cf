"""One file that shows items as learners will see them, before they are in any page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from course.quizzes.html import page_html
from course.quizzes.payload import item_payload, page_extracts, page_texts
from course.texts import direction, text


def preview_html(items: Sequence[Any], texts: Mapping[str, Any], lang: str = "en") -> str:
    """A page of its own with the items, in order; `texts` are their translations by id.

    It needs no network and keeps no answer for the course: its id is its own.
    """
    title = text("export.preview", lang)
    payload = {
        "mode": "quiz",
        "id": "preview/items",
        "lang": lang,
        "dir": direction(lang),
        "title": title,
        "intro": "",
        "ui": page_texts("quiz", lang),
        "items": [item_payload(item, texts.get(item.id), lang) for item in items],
        "actions": [],
        "readonly": False,
        **page_extracts(items),
    }
    return (
        f'<!doctype html>\n<html lang="{lang}" dir="{direction(lang)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n"
        "<style>body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; "
        "font: 1rem/1.5 system-ui, sans-serif }</style>\n"
        f"</head>\n<body>\n<main>\n{page_html(payload)}\n</main>\n</body>\n</html>\n"
    )
