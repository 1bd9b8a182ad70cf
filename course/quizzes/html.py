"""The page without JavaScript: everything can be read, answered on paper and compared."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from html import escape
from typing import Any

from course.quizzes.assets import page_script, page_style
from course.texts import say_day

# The same pattern as in assets/dom.js: inside Arabic a symbol or a day must be set apart.
LATIN_TOKEN = re.compile(r"[A-Za-z0-9]+(?:[/.,:_\-–@#&=?~%+]+[A-Za-z0-9]+)+/?")
GAP = re.compile(r"\{([\w-]+)\}")
BLANK_LINE = '<p class="cq-blank" aria-hidden="true"></p>'
BLANK_LINES = {"short-text": 1, "numeric": 1, "date": 1, "long-text": 6, "deadline": 1, "repair": 4}


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
        f'<script data-course="code">\n{page_script(payload["mode"])}</script>\n'
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
    plain_item = {"form": _plain_field, "repair": _plain_repair, "compose": _plain_line}.get(
        payload["mode"], _plain_question
    )
    items = "\n".join(plain_item(item, payload) for item in payload["items"])
    note = (
        ""
        if payload["mode"] in ("form", "compose") or not items
        else f'<p class="cq-small">{escape(payload["ui"]["practice-only"])}</p>'
    )
    if closed := payload.get("closed"):
        items = f"<li>{escape(closed['text'])}</li>"
    intro = f'<p class="cq-intro">{say(payload["intro"], payload["dir"])}</p>' if payload["intro"] else ""
    return (
        f'<div class="cq-plain">\n{_broken_html(payload["ui"])}'
        f'<p class="cq-title">{say(payload["title"], payload["dir"])}</p>\n'
        f"{intro}\n{f'<ol>{chr(10)}{items}{chr(10)}</ol>' if items else ''}\n{note}\n</div>"
    )


def _broken_html(ui: Mapping[str, str]) -> str:
    """The card that the script uncovers where it cannot draw the page: what is below can still be read."""
    return (
        '<div class="cq-fault" role="alert" data-fault="unread" hidden>'
        f'<p class="cq-verdict">{escape(ui["fault-unread-title"])}</p>'
        f"<p>{escape(ui['fault-unread-why'])}</p>"
        f'<p><a class="cq-button cq-main" href="">{escape(ui["do-reload"])}</a></p></div>\n'
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
        f"<p>{say(item['stem'], item['dir'])}</p>{_plain_task(item, payload)}"
        f"<details><summary>{escape(ui['answers'])}</summary><ul>{answers}</ul>"
        f'<p dir="auto">{escape(ui["source"])}: {escape(item["source"])}</p></details></li>'
    )


def _plain_task(item: Mapping[str, Any], payload: Mapping[str, Any]) -> str:
    """What is needed to answer on paper: the choices, the text with its gaps, the list to search."""
    way = item["dir"]
    targets = _list([target["text"] for target in item["targets"]], way)
    match item["kind"]:
        case "cloze":
            lists = {
                gap["id"]: " / ".join(choice["text"] for choice in gap["choices"]) for gap in item["gaps"]
            }
            return f"<p>{say(GAP.sub(lambda gap: f'______ ({lists[gap[1]]})', item['text']), way)}</p>"
        case "mark-paragraph":
            lines = "".join(f"<p>☐ {say(_numbered(choice), way)}</p>" for choice in item["choices"])
            return f"<p><em>{say(item['passage'], way)}</em></p><blockquote>{lines}</blockquote>"
        case "document-hunt":
            labels = "".join(f"<li>{say(part['label'], way)}{BLANK_LINE}</li>" for part in item["parts"])
            table = _table(payload["extracts"][item["extract"]], payload["ui"])
            return f"<ul>{labels}</ul>{table}"
        case "build-parts":
            by_id, key = _by_id(item["choices"]), item["key"]
            given = {slot: by_id.pop(key[slot])["text"] for slot in item["given"]}
            slots = [f"{slot['text']}: {given.get(slot['id'], '______')}" for slot in item["targets"]]
            return _list(slots, way) + _list([choice["text"] for choice in by_id.values()], way)
    texts = [choice["text"] for choice in item["choices"] if "text" in choice]
    return _list(texts, way) + targets + BLANK_LINE * BLANK_LINES.get(item["kind"], 0)


def _answer_lines(item: Mapping[str, Any], ui: Mapping[str, str]) -> Iterable[str]:
    """One line per choice with its reason; what is right stands out, an ordering in its right order."""
    if item["kind"] in ANSWERS:
        return ANSWERS[item["kind"]](item, ui)
    return _choice_lines(item["choices"], item["key"], item, ui)


def _ordered_lines(item: Mapping[str, Any], ui: Mapping[str, str]) -> Iterable[str]:
    by_id, way = _by_id(item["choices"]), item["dir"]
    for place, name in enumerate(item["key"], start=1):
        choice = by_id[name]
        yield f"<strong>{place}. {say(choice['text'], way)}</strong> {say(choice['feedback'], way)}"


def _matched_lines(item: Mapping[str, Any], ui: Mapping[str, str]) -> Iterable[str]:
    targets, way = _by_id(item["targets"]), item["dir"]
    for choice in item["choices"]:
        target = say(targets[item["key"][choice["id"]]]["text"], way)
        yield f"{say(choice['text'], way)}: <strong>{target}</strong>. {say(choice['feedback'], way)}"


def _built_lines(item: Mapping[str, Any], ui: Mapping[str, str]) -> Iterable[str]:
    by_id, key, way = _by_id(item["choices"]), item["key"], item["dir"]
    for slot in item["targets"]:
        choice = by_id[key[slot["id"]]]
        shown = f"{say(slot['text'], way)}: {say(choice['text'], way)}"
        yield f"<strong>{shown}</strong> {say(choice['feedback'], way)}"
    unused = [choice for name, choice in by_id.items() if name not in key.values()]
    yield from _choice_lines(unused, None, item, ui)


def _gap_lines(item: Mapping[str, Any], ui: Mapping[str, str]) -> Iterable[str]:
    for gap in item["gaps"]:
        yield from _choice_lines(gap["choices"], item["key"][gap["id"]], item, ui)


def _part_lines(item: Mapping[str, Any], ui: Mapping[str, str]) -> Iterable[str]:
    for part in item["parts"]:
        lines = [f"<li>{line}</li>" for line in _choice_lines(part["choices"], part["key"], item, ui)]
        yield f"{say(part['label'], item['dir'])}<ul>{''.join(lines)}</ul>"


ANSWERS: Mapping[str, Callable[[Mapping[str, Any], Mapping[str, str]], Iterable[str]]] = {
    "ordering": _ordered_lines,
    "matching": _matched_lines,
    "classification": _matched_lines,
    "build-parts": _built_lines,
    "cloze": _gap_lines,
    "document-hunt": _part_lines,
}


def _choice_lines(
    choices: Iterable[Mapping[str, Any]], key: Any, item: Mapping[str, Any], ui: Mapping[str, str]
) -> Iterable[str]:
    """Each choice with its reason; before a right one stands that it is right."""
    right = f"<strong>{escape(ui['right-answer'])}:</strong> "
    for choice in choices:
        is_right = choice["id"] in key if isinstance(key, list) else choice["id"] == key
        shown = shown_choice(choice, item)
        stop = "" if shown.endswith((".", "!", "?", "؟")) else "."
        said = f"{say(shown, item['dir'])}{stop} {say(choice['feedback'], item['dir'])}"
        yield f"{right if is_right else ''}{said}"


def shown_choice(choice: Mapping[str, Any], item: Mapping[str, Any]) -> str:
    """What a choice of any kind says, as a learner reads it: its text, its number and unit, its day."""
    if "number" in choice:
        return _numbered(choice)
    if "text" in choice:
        return choice["text"]
    if "values" in choice:
        return choice["values"][0]
    if isinstance(choice["value"], str):
        return say_day(date.fromisoformat(choice["value"]), item["lang"])
    return f"{choice['value']:g} {item['unit']}"


def _by_id(entries: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {entry["id"]: entry for entry in entries}


def _numbered(choice: Mapping[str, Any]) -> str:
    return f"{choice['number']}. {choice['text']}"


def _table(rows: list[Mapping[str, str]], ui: Mapping[str, str]) -> str:
    """The rows of an extract, folded away; they are English on every page."""
    columns = list(rows[0]) if rows else []
    head = "".join(f'<th scope="col">{escape(ui[f"column-{column}"])}</th>' for column in columns)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(row[column])}</td>' for column in columns)}</tr>" for row in rows
    )
    return (
        f"<details><summary>{escape(ui['extract'])}</summary>"
        f'<table><thead><tr>{head}</tr></thead><tbody lang="en" dir="ltr">{body}</tbody></table></details>'
    )


def _plain_field(item: Mapping[str, Any], payload: Mapping[str, Any]) -> str:
    """A field as a printed form has it: what is asked, boxes to tick or lines to write on."""
    way = item["dir"]
    texts = [f"☐ {choice['text']}" for choice in item.get("choices") or []]
    text_help = f"<p>{say(item['help'], way)}</p>" if item.get("help") else ""
    lines = BLANK_LINE * BLANK_LINES.get(item["kind"], 0)
    targets = _list([target["text"] for target in item.get("targets") or []], way)
    template = GAP.sub("______", item.get("template") or "")
    paragraph = f"<p>{say(template, way)}</p>" if template else ""
    optional = "" if item.get("required", True) else f" ({escape(payload['ui']['optional'])})"
    return (
        f"<li{_attributes({'lang': item['lang'], 'dir': way})}>"
        f"<p><strong>{say(item['stem'], way)}</strong>{optional}</p>"
        f"{text_help}{_list(texts, way)}{targets}{paragraph}{lines}</li>"
    )


def _plain_line(item: Mapping[str, Any], payload: Mapping[str, Any]) -> str:
    """A field of a report on paper; rows and orders are none, evidence waits for the safety check."""
    if not item["stem"] or (payload.get("gate") and item["part"] == "evidence"):
        return ""
    lines = "" if item["choices"] else BLANK_LINE * item["lines"]
    return f"{_plain_field(item, payload).removesuffix('</li>')}{lines}</li>"


def _plain_repair(item: Mapping[str, Any], payload: Mapping[str, Any]) -> str:
    """A weak recommendation, lines to write on, and folded away what is wrong with it and two models."""
    ui, way, own = payload["ui"], payload["dir"], _attributes({"lang": item["lang"], "dir": item["dir"]})
    wrong = _list([f"{one['name']}: {one['seen']} {one['instead']}" for one in item["wrong"]], way)
    lines = '<p class="cq-blank" aria-hidden="true"></p>' * BLANK_LINES["repair"]
    models = "".join(f"<li{own}>{say(model, item['dir'])}</li>" for model in item["models"])
    return (
        f"<li><p>{say(item['for'], way)}</p><p{own}><strong>{say(item['stem'], item['dir'])}</strong></p>"
        f'<p>{say(ui["articles"], way)} <bdi dir="ltr">{escape(item["articles"])}</bdi></p>'
        f"{lines}"
        f"<details><summary>{escape(ui['models-closed'])}</summary>{wrong}<ol>{models}</ol>"
        f"<p{own}>{say(item['note'], item['dir'])}</p></details></li>"
    )


def _list(texts: list[str], direction: str) -> str:
    return f"<ul>{''.join(f'<li>{say(text, direction)}</li>' for text in texts)}</ul>" if texts else ""


def _attributes(values: Mapping[str, str]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in values.items())
