"""What the text of a page still needs after it was rendered: no inline assets, tables one can reach."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

from course.texts import LANGUAGES, direction, text

QUIZ_MARK = 'data-course="payload"'
MODE = re.compile(r'class="course-quiz"[^>]*data-mode="([\w-]+)"')
RULES_MARK = 'class="course-rules"'
WIDGET_SCRIPT = re.compile(r"application/vnd\.jupyter\.widget-(state|view)\+json")


def mend_body(html: str, language: str) -> str:
    """The body of a page as it is published.

    Taken out: the style and script that each quiz carries (one file serves them all),
    widget state and views (dead without a kernel, and they pull scripts from elsewhere),
    and places of code that said nothing. Added: a focusable, named frame around each
    table, `lang` and `dir` on blocks of class `lang-xx`, no referrer on links outwards.
    """
    soup = BeautifulSoup(html, "html.parser")
    for inline in soup.select('[data-course="style"], [data-course="code"]'):
        inline.decompose()
    for script in soup.find_all("script", type=WIDGET_SCRIPT):
        script.decompose()
    for cell in soup.select("div.cell"):
        if not cell.get_text(strip=True) and cell.find(["script", "img", "svg", "table"]) is None:
            cell.decompose()
    for header in soup.find_all("th"):
        if not header.get_text(strip=True):
            header.name = "td"  # an empty corner heads nothing
    for table in soup.find_all("table"):
        _make_reachable(soup, table, language)
    for block in soup.find_all("pre"):
        block["tabindex"] = "0"
    for block in soup.select('[class*="lang-"]'):
        _name_language(block)
    for link in soup.select('a[href^="http"]'):
        link["rel"] = "noopener noreferrer"
    for image in soup.find_all("img"):
        image["loading"] = "lazy"
    return str(soup)


def _make_reachable(soup: BeautifulSoup, table: Tag, language: str) -> None:
    """A wide table scrolls in a frame of its own, which the keyboard must be able to reach."""
    if table.find_parent(class_="table-region") or table.find_parent(attrs={"role": "region"}):
        return
    region = soup.new_tag("div", attrs={"class": "table-region", "role": "group", "tabindex": "0"})
    caption = table.find("caption")
    region["aria-label"] = caption.get_text(" ", strip=True) if caption else text("book.table", language)
    table.wrap(region)


def _name_language(block: Tag) -> None:
    for name in block.get("class", []):
        language = name.removeprefix("lang-")
        if name.startswith("lang-") and language in LANGUAGES:
            block["lang"] = language
            block["dir"] = direction(language)


def quiz_modes(html: str) -> set[str]:
    """How the quizzes and forms of a page are drawn: the `mode` of each payload."""
    return set(MODE.findall(html))


def headings(html: str) -> list[tuple[str, str]]:
    """The second-level headings of a page as (anchor, text), for *on this page*."""
    soup = BeautifulSoup(html, "html.parser")
    found = []
    for heading in soup.select("section[id] > h2"):
        found.append((str(heading.parent["id"]), heading.get_text(" ", strip=True)))
    return found
