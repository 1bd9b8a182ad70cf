"""All that the form of a report is drawn from, as plain JSON data; what the learner wrote is not in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args

from course.facts import bodies, country, country_codes, treaties
from course.facts.shown import shown_day, shown_value
from course.quizzes import page_texts
from course.quizzes.assets import ASSETS, without_comments
from course.report.compose.budget import HEADINGS, ON_COVER, fixed_words, limit_of
from course.report.compose.fields import FIELDS, FormField
from course.report.compose.filling import LONGEST
from course.report.compose.model import (
    CITABLE,
    REPEATING_STAGES,
    Consent,
    Method,
    Publication,
    ReportStage,
)
from course.report.compose.starting import UPR_SECTIONS
from course.texts import LANGUAGES, direction, section

UPR = "UPR"
PAGE = "report"
WITHOUT_REPORTS = ("SPT",)  # a body that visits; nobody sends it an alternative report
TREATY_STAGES = ("loi", "loipr", "session", "follow-up", "oral")
UPR_STAGES = ("upr-individual", "upr-joint", "oral")


def form_payload(lang: str = "en") -> dict[str, Any]:
    """What `assets/report.js` draws from, besides what a quiz has:

    `items`: the fields as {"id": place, "kind", "part", "name", "stem", "help", "lines", "counted",
    "pattern", "wrong", "choices"}; `limits`: by body, stage and `joint` or `alone` {"words", "notes",
    "text"}; `stages` by body; `titles` by language of the report; `notes`: words of methods by language;
    `fixed` and `frame`: words of what the document says by itself; `earlier`, `issues` and
    `articles`: what the countries' files and the treaties know.
    """
    texts = section("compose", lang)
    codes = _codes()
    return {
        "mode": "compose",
        "id": PAGE,
        "key": "course:report:mine",
        "lang": lang,
        "dir": direction(lang),
        "title": texts["heading"],
        "intro": texts["about"],
        "ui": page_texts("compose", lang),
        "items": [_item(field, lang) for field in FIELDS],
        "actions": [{"name": name, "label": ""} for name in ("begin", "read")],
        "readonly": False,
        "style": without_comments((ASSETS / "report.css").read_text(encoding="utf-8")),
        "longest": LONGEST,
        "citable": sorted(CITABLE),
        "repeating": list(REPEATING_STAGES),
        "stages": {code: list(_stages(code)) for code in codes},
        "limits": {code: {stage: _limits(code, stage, lang) for stage in _stages(code)} for code in codes},
        "titles": {language: _titles(language, codes) for language in LANGUAGES},
        "notes": {language: _methods(language) for language in LANGUAGES},
        "fixed": {language: fixed_words(language) for language in LANGUAGES},
        "frame": {"cover": list(ON_COVER), "headings": list(HEADINGS)},
        "articles": _articles(),
        "issues": {state: _issues(state, codes) for state in country_codes()},
        "earlier": {state: _earlier(state) for state in country_codes()},
    }


def _codes() -> tuple[str, ...]:
    return (*(code for code in bodies() if code not in WITHOUT_REPORTS), UPR)


def _stages(code: str) -> tuple[str, ...]:
    return UPR_STAGES if code == UPR else TREATY_STAGES


def body_name(code: str, lang: str) -> str:
    """The body's name; the Universal Periodic Review is none, and has one too."""
    return section("planner", lang)["body-upr"] if code == UPR else bodies()[code].name(lang)


def _item(field: FormField, lang: str) -> dict[str, Any]:
    texts = section("compose", lang)
    name = field.name
    return {
        "id": field.place,
        "kind": field.kind,
        "part": field.part,
        "name": name,
        "lang": lang,
        "dir": direction(lang),
        "stem": texts.get(f"ask-{name}", ""),
        "help": texts.get(f"help-{name}", ""),
        "lines": field.lines,
        "counted": field.counted,
        "pattern": field.pattern,
        "wrong": texts.get(f"wrong-{name.rpartition('-')[2]}", "") if field.pattern else "",
        "choices": [{"id": choice, "text": said} for choice, said in _choices(name, lang)],
    }


def _choices(name: str, lang: str) -> Iterable[tuple[str, str]]:
    """What a field offers: id and words; nothing for a field that is typed."""
    texts, planner, document = (section(one, lang) for one in ("compose", "planner", "document"))
    stages = {one: planner[f"stage-{one}"] for one in get_args(ReportStage) if one != "oral"}
    offered: dict[str, dict[str, str]] = {
        "body": {code: f"{code}: {body_name(code, lang)}" for code in _codes()},
        "country": {code: str(country(code).name(lang)) for code in country_codes()},
        "stage": {**stages, "oral": texts["stage-oral"]},
        "language": {code: section("report", lang)[f"language-{code}"] for code in LANGUAGES},
        "cover-publication": {one: texts[f"publication-{one}"] for one in get_args(Publication)},
        "evidence-method": {one: document[f"by-{one}"] for one in get_args(Method)},
        "evidence-consent": {one: texts[f"consent-{one}"] for one in get_args(Consent)},
    }
    return offered.get(name, {}).items()


def _limits(code: str, stage: str, lang: str) -> dict[str, Any]:
    return {
        "alone": limit_data(code, stage, lang, joint=False),
        "joint": limit_data(code, stage, lang, joint=True),
    }


def limit_data(code: str, stage: str, lang: str, *, joint: bool) -> dict[str, Any]:
    """The limit as {"words": number or None, "notes": whether notes count, "text": all of it in words}."""
    texts = section("compose", lang)
    limit = limit_of(code, stage, joint=joint)
    rule = limit.rule
    if rule is None or not rule.value:
        return {"words": None, "notes": False, "text": texts["limit-none"]}
    said = [
        texts["limit-words"].format(
            limit=shown_value(rule, lang),
            sure=section("facts", lang)[f"confidence-{rule.confidence}"],
            source=_apart(rule.source, lang),
            as_of=_apart(rule.as_of, lang),
            checked=shown_day(rule.checked, lang),
        )
    ]
    if limit.words is None:
        said.append(texts["limit-pages"])
    elif limit.with_notes or limit.with_notes is None:
        said.append(texts["limit-notes" if limit.with_notes else "limit-notes-open"])
    return {"words": limit.words, "notes": bool(limit.with_notes), "text": " ".join(said)}


def _apart(text: str, lang: str) -> str:
    """A text in another direction, isolated, or its parts would change places."""
    return f"\u2068{text}\u2069" if direction(lang) == "rtl" else text


def _titles(lang: str, codes: Iterable[str]) -> dict[str, Any]:
    """The parts of a new report's title, as `start_report` puts them together."""
    texts = section("document", lang)
    return {
        "join": texts["join"],
        "stages": {stage: texts[f"for-{stage}"] for stage in get_args(ReportStage)},
        "bodies": {code: texts["upr"] if code == UPR else bodies()[code].name(lang) for code in codes},
        "countries": {code: str(country(code).name(lang)) for code in country_codes()},
        "sections": [[name, texts[name]] for name in UPR_SECTIONS],  # of a new report to the UPR
    }


def _methods(lang: str) -> dict[str, str]:
    return {method: section("document", lang)[f"by-{method}"] for method in get_args(Method)}


def _articles() -> dict[str, Any]:
    """The treaty of each body and its last article; protocols are numbered by themselves."""
    found: dict[str, Any] = {}
    for one in treaties().values():
        code = str(one.body)
        if code not in found and one.last_article.number is not None:
            found[code] = {
                "treaty": one.code,
                "last": one.last_article.number,
                "sure": one.last_article.decides,
            }
    return found


def _issues(state: str, codes: Iterable[str]) -> dict[str, str]:
    """The symbol of the last list of issues of each body, where the State's file knows one."""
    last = {code: country(state).last_review(code) for code in codes}
    return {code: review.loi_symbol for code, review in last.items() if review and review.loi_symbol}


def _earlier(state: str) -> list[dict[str, str]]:
    """What may be cited: only what somebody saw in the document itself, the newest first."""
    rows = [row for row in country(state).recommendations if row.decides]
    return [
        {
            "symbol": row.symbol,
            "paragraph": row.paragraph,
            "body": row.body,
            "text": row.paraphrase,
            "sdg": row.sdg_target,
        }
        for row in sorted(rows, key=lambda row: row.date, reverse=True)
    ]
