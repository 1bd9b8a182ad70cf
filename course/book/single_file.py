"""Each module as one HTML file that needs no neighbour: for a telephone, a memory stick, a message.

Made from the pages of the built book. Nothing in it asks for another file: a link goes to
a place in the same file, to the open web, or is no link.
"""

from __future__ import annotations

import base64
import mimetypes
import posixpath
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag

from course.book.assets import style
from course.book.body import QUIZ_MARK, mend_body, quiz_modes
from course.book.learner_pages import review_part
from course.book.navigation import Outline, Page
from course.book.overview import single_file_of
from course.content.reading import module_folders
from course.errors import CourseError
from course.quizzes.assets import page_script, page_style
from course.texts import section

MOST_BYTES = 2_000_000
AT_RISK = "pages/at-risk"
REVIEW = "pages/review"
POINTERS = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list", "form")
FRAME = """<!DOCTYPE html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<link rel="icon" href="data:,">
<style>{css}</style>
</head>
<body>
<a class="skip" href="#text">{skip}</a>
<header class="top"><p class="course">{course}</p>{risk}</header>
<main id="text" tabindex="-1">
<h1>{title}</h1>
<p class="admonition">{note}</p>
<nav aria-labelledby="contents-title"><h2 id="contents-title">{contents}</h2><ol>{list}</ol></nav>
{sections}
</main>
<footer class="bottom"><p>{footer}</p></footer>
{script}
</body>
</html>
"""


@dataclass(frozen=True)
class Part:
    """One page of the book inside the file, and the anchor it begins at."""

    page: Page
    anchor: str


def write_single_files(outline: Outline, root: Path, site: Path) -> list[Path]:
    """Writes `single/NN-slug.html` for every module of the book in `site`.

    Raises CourseError for a file of 2 MB or more.
    """
    written = []
    for folder in module_folders(root):
        target = site / single_file_of(folder.name)
        target.parent.mkdir(exist_ok=True)
        document = compose(outline, site, folder.name, root)
        if len(document.encode("utf-8")) >= MOST_BYTES:
            raise CourseError(
                f"{single_file_of(folder.name)}: the module as one file has {len(document) / 1e6:.1f} MB, "
                f"more than a telephone should open; make the pictures of modules/{folder.name} smaller."
            )
        target.write_text(document, encoding="utf-8")
        written.append(target)
    return written


def compose(outline: Outline, site: Path, module: str, root: Path) -> str:
    """The whole file of one module: its pages in reading order, the review, then what to do at risk."""
    prefix = f"modules/{module}/"
    parts = [
        Part(page, "page-" + page.name.removeprefix(prefix).replace(".", "-"))
        for page in outline.pages.values()
        if page.name.startswith(prefix)
    ]
    lead = parts[0].page
    languages = {part.page.language for part in parts}
    risk = [
        Part(page, "page-" + page.name.removeprefix("pages/").replace(".", "-"))
        for page in (outline.pages[AT_RISK], *outline.translations(AT_RISK))
        if page.language in languages
    ]
    anchors = {part.page.name: part.anchor for part in (*parts, *risk)} | {REVIEW: "page-review"}
    sections = [
        _section(parts[0], anchors, site, risk, with_title=False),
        *(_section(part, anchors, site, risk) for part in parts[1:]),
        _review_section(module, lead, root, risk),
        *(_section(part, anchors, site, risk) for part in risk),
    ]
    say = section("book", lead.language)
    heading = section("review", lead.language)["heading"]
    body = "\n".join(sections)
    has_quiz = QUIZ_MARK in body
    css = style("tokens.css", "text.css", "single.css", "print.css") + (page_style() if has_quiz else "")
    return FRAME.format(
        language=lead.language,
        direction=lead.direction,
        title=escape(lead.title),
        css=css,
        skip=escape(say["skip"]),
        course=escape(say["title"]),
        risk=_risk_link(risk, lead),
        note=escape(say["single-note"]),
        contents=escape(say["single-contents"]),
        list="".join(_line(part, lead) for part in parts[1:])
        + f'<li><a href="#page-review">{escape(heading)}</a></li>'
        + "".join(_line(part, lead) for part in risk),
        sections=body,
        footer=escape(say["footer"]),
        script=f"<script>{page_script(*sorted(quiz_modes(body)))}</script>" if has_quiz else "",
    )


def _line(part: Part, lead: Page) -> str:
    return f'<li><a href="#{part.anchor}"{_other(part.page, lead)}>{escape(part.page.title)}</a></li>'


def _other(page: Page, lead: Page) -> str:
    return "" if page.language == lead.language else f' lang="{page.language}" dir="{page.direction}"'


def _risk_link(risk: list[Part], near: Page) -> str:
    chosen = next((part for part in risk if part.page.language == near.language), risk[0])
    label = escape(section("book", near.language)["at-risk"])
    return f'<a class="at-risk" href="#{chosen.anchor}">{label}</a>'


def _section(
    part: Part, anchors: dict[str, str], site: Path, risk: list[Part], *, with_title: bool = True
) -> str:
    """One page as a section: its own ids, links inside the file, pictures inline, headings one lower.

    The first page goes without its title, which is that of the file.
    """
    soup = BeautifulSoup((site / f"{part.page.name}.html").read_text(encoding="utf-8"), "html.parser")
    article = soup.find("article", id="text")
    _keep_ids_apart(article, part.anchor)
    for link in article.select("a[href]"):
        _turn_inward(link, part.page, anchors)
    for image in article.select("img[src]"):
        image["src"] = _inline(site, part.page.name, image["src"])
        del image["loading"]
    if not with_title:
        article.find("h1").decompose()
    for heading in article.find_all(["h1", "h2", "h3", "h4", "h5"]) if with_title else ():
        heading.name = f"h{int(heading.name[1]) + 1}"
    page, kind = part.page, "page" if with_title else "lead"
    return (
        f'<section class="{kind}" id="{part.anchor}" lang="{page.language}" dir="{page.direction}">'
        f"<article>{article.decode_contents()}</article>"
        f'<p class="page-end">{_back_link(page)} {_risk_link(risk, page)}</p></section>'
    )


def _review_section(module: str, lead: Page, root: Path, risk: list[Part]) -> str:
    """The questions of this module that come back; they stand in its quizzes."""
    heading = escape(section("review", lead.language)["heading"])
    body = mend_body(review_part(root, module, lead.language), lead.language)
    return (
        f'<section class="page" id="page-review" lang="{lead.language}" dir="{lead.direction}">'
        f"<article><h2>{heading}</h2>{body}</article>"
        f'<p class="page-end">{_back_link(lead)} {_risk_link(risk, lead)}</p></section>'
    )


def _back_link(page: Page) -> str:
    return f'<a href="#text">{escape(section("book", page.language)["single-contents"])}</a>'


def _keep_ids_apart(article: Tag, anchor: str) -> None:
    for tag in article.select("[id]"):
        tag["id"] = f"{anchor}--{tag['id']}"
    for name in POINTERS:
        for tag in article.select(f"[{name}]"):
            tag[name] = " ".join(f"{anchor}--{each}" for each in str(tag[name]).split())
    for tag in article.select("input[type=radio][name]"):
        tag["name"] = f"{anchor}--{tag['name']}"
    for tag in article.select('a[href^="#"]'):
        tag["href"] = f"#{anchor}--{tag['href'][1:]}"


def _turn_inward(link: Tag, page: Page, anchors: dict[str, str]) -> None:
    address = urlsplit(str(link["href"]))
    if address.scheme or str(link["href"]).startswith("#"):
        return
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page.name), unquote(address.path)))
    name = target.removesuffix(".html")
    if name in anchors:
        link["href"] = f"#{anchors[name]}--{address.fragment}" if address.fragment else f"#{anchors[name]}"
        return
    elsewhere = section("book", page.language)["single-elsewhere"]
    link.name = "span"
    link.attrs = {"class": "elsewhere"}
    link.append(f" ({elsewhere})")


def _inline(site: Path, page: str, source: str) -> str:
    if urlsplit(source).scheme == "data":
        return source
    path = site / posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(source)))
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode('ascii')}"
