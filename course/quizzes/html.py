"""The page without JavaScript: everything can be read, answered on paper and compared."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from html import escape
from typing import Any

from course.quizzes.assets import page_script, page_style
from course.texts import say_day

# The same pattern as in assets/dom.js: inside Arabic a symbol or a day must be set apart.
LATIN_TOKEN = re.compile(r"[A-Za-z0-9]+(?:[/.,:_\-–@#&=?~%+]+[A-Za-z0-9]+)+/?")
BLANK_LINES = {"short-text": 1, "numeric": 1, "date": 1, "long-text": 6, "deadline": 1}


def page_html(payload: Mapping[str, Any]) -> str:
    """The whole quiz or form as one piece of HTML that needs nothing else.

    Deterministic. The `data-course` attributes mark payload, style and code, so that the
    book takes out the last two and serves them once.
    """
    attributes = _attributes(
        {
            "data-id": payload["id"],
            "data-mode": payload["mode"],
            "lang": payload["lang"],
            "dir": payload["dir"],
        }
    )
    return (
        f'<div class="course-quiz"{attributes}>\n'
        f'<style data-course="style">\n{page_style()}\n</style>\n'
        f"{plain_html(payload)}\n"
        f'<script type="application/json" data-course="payload">{script_json(payload)}</script>\n'
        f'<script data-course="code">\n{page_script()}</script>\n'
        "</div>"
    )


def script_json(data: Any) -> str:
    """JSON that may stand inside <script>: no `<`, so that no text can close the element."""
    plain = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        plain = plain.replace(sign, f"\\u{ord(sign):04x}")
    return plain


def plain_html(payload: Mapping[str, Any]) -> str:
    """What is read where no JavaScript runs: a quiz with its answers folded away, a form to print."""
    plain_item = _plain_field if payload["mode"] == "form" else _plain_question
    items = "\n".join(plain_item(item, payload) for item in payload["items"])
    note = (
        ""
        if payload["mode"] == "form"
        else f'<p class="cq-small">{escape(payload["ui"]["practice-only"])}</p>'
    )
    intro = f'<p class="cq-intro">{say(payload["intro"], payload["dir"])}</p>' if payload["intro"] else ""
    return (
        f'<div class="cq-plain">\n<p class="cq-title">{say(payload["title"], payload["dir"])}</p>\n'
        f"{intro}\n<ol>\n{items}\n</ol>\n{note}\n</div>"
    )


def say(text: str, direction: str) -> str:
    """A text as HTML; in a right-to-left block, symbols and days are isolated in <bdi>."""
    if direction != "rtl":
        return escape(text)
    parts, end = [], 0
    for found in LATIN_TOKEN.finditer(text):
        parts += [escape(text[end : found.start()]), f'<bdi dir="ltr">{escape(found.group())}</bdi>']
        end = found.end()
    return "".join([*parts, escape(text[end:])])


def _plain_question(item: Mapping[str, Any], payload: Mapping[str, Any]) -> str:
    ui = payload["ui"]
    missing = ""
    if item["lang"] != payload["lang"]:
        attributes = _attributes({"lang": payload["lang"], "dir": payload["dir"]})
        missing = f"<p{attributes}>{escape(ui['not-translated'])}</p>"
    answers = "".join(f"<li>{line}</li>" for line in _answer_lines(item, ui))
    return (
        f"<li{_attributes({'lang': item['lang'], 'dir': item['dir']})}>{missing}"
        f"<p>{say(item['stem'], item['dir'])}</p>{_plain_choices(item)}"
        f"<details><summary>{escape(ui['answers'])}</summary><ul>{answers}</ul>"
        f'<p dir="auto">{escape(ui["source"])}: {escape(item["source"])}</p></details></li>'
    )


def _plain_choices(item: Mapping[str, Any]) -> str:
    texts = [choice["text"] for choice in item["choices"] if "text" in choice]
    lists = _list(texts, item["dir"])
    return lists + _list([target["text"] for target in item["targets"]], item["dir"])


def _answer_lines(item: Mapping[str, Any], ui: Mapping[str, str]) -> Iterable[str]:
    """One line per choice: in the right order for an ordering, the right one said to be right."""
    way, key = item["dir"], item["key"]
    by_id = {choice["id"]: choice for choice in item["choices"]}
    right = f"<strong>{escape(ui['right-answer'])}:</strong> "
    targets = {target["id"]: target["text"] for target in item["targets"]}
    if item["kind"] == "ordering":
        for place, choice in enumerate((by_id[name] for name in key), start=1):
            yield f"<strong>{place}. {say(choice['text'], way)}</strong> {say(choice['feedback'], way)}"
        return
    for name, choice in by_id.items():
        feedback = say(choice["feedback"], way)
        if item["kind"] == "matching":
            yield f"{say(choice['text'], way)}: <strong>{say(targets[key[name]], way)}</strong>. {feedback}"
            continue
        shown = say(choice["text"] if "text" in choice else _say_value(choice["value"], item), way)
        is_right = name in key if isinstance(key, list) else name == key
        yield f"{right if is_right else ''}{shown}. {feedback}"


def _say_value(value: float | str, item: Mapping[str, Any]) -> str:
    if isinstance(value, str):
        return say_day(date.fromisoformat(value), item["lang"])
    return f"{value:g} {item['unit']}"


def _plain_field(item: Mapping[str, Any], payload: Mapping[str, Any]) -> str:
    """A field as a printed form has it: what is asked, boxes to tick or lines to write on."""
    way = item["dir"]
    texts = [f"☐ {choice['text']}" for choice in item.get("choices") or []]
    text_help = f"<p>{say(item['help'], way)}</p>" if item.get("help") else ""
    lines = '<p class="cq-blank" aria-hidden="true"></p>' * BLANK_LINES.get(item["kind"], 0)
    targets = _list([target["text"] for target in item.get("targets") or []], way)
    template = re.sub(r"\{[\w-]+\}", "______", item.get("template") or "")
    paragraph = f"<p>{say(template, way)}</p>" if template else ""
    optional = "" if item.get("required", True) else f" ({escape(payload['ui']['optional'])})"
    return (
        f"<li{_attributes({'lang': item['lang'], 'dir': way})}>"
        f"<p><strong>{say(item['stem'], way)}</strong>{optional}</p>"
        f"{text_help}{_list(texts, way)}{targets}{paragraph}{lines}</li>"
    )


def _list(texts: list[str], direction: str) -> str:
    return f"<ul>{''.join(f'<li>{say(text, direction)}</li>' for text in texts)}</ul>" if texts else ""


def _attributes(values: Mapping[str, str]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in values.items())
