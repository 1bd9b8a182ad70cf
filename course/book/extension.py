"""The Sphinx extension of the book: the theme, what each page is told, what is written at the end.

`_config.yml` names it; `jupyter-book build .` alone gives the whole book.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from course.book.assets import write_assets, write_entrance
from course.book.body import QUIZ_MARK, RULES_MARK, headings, mend_body, quiz_modes
from course.book.cases_page import CaseList
from course.book.code_pages import RuleCodes, code_pages
from course.book.facts_pages import DIRECTIVES
from course.book.facts_parts import FACTS_MARK
from course.book.guides_page import GuideList, GuidePage
from course.book.learner_pages import MyWork, write_bank
from course.book.navigation import DEFAULT, Outline, page_language, read_outline
from course.book.offline import write_service_worker
from course.book.outcomes_page import ClauseTable, OutcomeTable
from course.book.overview import ModuleList, ModuleOverview, single_file_of
from course.book.paths_page import PathList
from course.book.report_pages import FaultHunt, ModelReports
from course.book.search import write_index
from course.book.single_file import write_single_files
from course.facts import STALE_DAYS
from course.quizzes.assets import extra_modes
from course.texts import direction, section, text

THEME = Path(__file__).resolve().parent / "theme" / "course"
AT_RISK = "pages/at-risk"
SEARCH = "search"


class LocalAdmonitions(SphinxPostTransform):
    """Gives *Note*, *Warning* and the like their title in the page's language, not the book's."""

    default_priority = 200
    KINDS = (
        nodes.note,
        nodes.tip,
        nodes.hint,
        nodes.important,
        nodes.warning,
        nodes.caution,
        nodes.attention,
        nodes.danger,
        nodes.error,
        addnodes.seealso,
    )

    def run(self, **_: Any) -> None:
        """Replaces each named admonition by a general one with a title."""
        language = page_language(self.env.docname, self.env.metadata.get(self.env.docname, {}))
        for kind in self.KINDS:
            for node in list(self.document.findall(kind)):
                title = nodes.title("", text(f"book.admonition-{kind.__name__}", language))
                named = nodes.admonition("", title, *node.children)
                named["classes"] = [*node["classes"], kind.__name__]
                node.replace_self(named)


def outline_of(app: Sphinx) -> Outline:
    """The book's outline, from the titles and front matter read so far."""
    titles = {name: title.astext() for name, title in app.env.titles.items()}
    return read_outline(app.config.external_site_map, titles, app.env.metadata)


def describe_page(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: Any) -> None:
    """Tells the template all about one page; mends its body."""
    outline = outline_of(app)
    language = context.get("page_language") or page_language(pagename, app.env.metadata.get(pagename, {}))
    body = context.get("body") or ""
    if body:
        context["body"] = mend_body(body, language)
    module = _module_of(pagename)
    before, after = outline.neighbours(pagename, language)
    known = pagename in outline.pages
    context["book"] = {
        "language": language,
        "direction": direction(language),
        "say": section("book", language),
        "contents": outline.contents(pagename, language),
        "root": outline.in_language(outline.root, language),
        "ancestors": outline.ancestors(pagename, language) if known else context.get("above", []),
        "translations": [
            (page, text("book.language-name", page.language)) for page in outline.translations(pagename)
        ]
        if known
        else context.get("translations", []),
        "before": before,
        "after": after,
        "at_risk": outline.in_language(AT_RISK, language) if AT_RISK in outline.pages else None,
        "search": search_page(language, outline),
        "headings": headings(context["body"]) if body else [],
        "quiz": QUIZ_MARK in body,
        "quiz_modes": extra_modes(quiz_modes(body)),
        # Values with the day of the last look: the browser says which of them are old.
        "facts": FACTS_MARK in body,
        "stale_days": STALE_DAYS,
        "stale": text("facts.stale-banner", language),
        # The entrance and the tables of rules take the whole width; what is read as text does not.
        "wide": pagename == outline.root or (RULES_MARK in body and QUIZ_MARK not in body),
        "single": single_file_of(module) if module else None,
    }


def _module_of(pagename: str) -> str | None:
    parts = pagename.split("/")
    is_module = len(parts) == 3 and parts[0] == "modules" and parts[2].split(".")[0] == "index"
    return parts[1] if is_module else None


def search_page(language: str, outline: Outline) -> str:
    """The name of the search page in a language; English where the book has no page in it."""
    if language == DEFAULT or language not in {page.language for page in outline.pages.values()}:
        return SEARCH
    return f"{SEARCH}.{language}"


def collect_search_pages(app: Sphinx) -> Iterable[tuple[str, dict, str]]:
    """One search page for each language that the book has pages in."""
    outline = outline_of(app)
    for language in sorted({page.language for page in outline.pages.values()} | {DEFAULT}):
        say = section("book", language)
        texts = json.dumps({key: say[f"search-{key}"] for key in ("none", "one", "many")}, ensure_ascii=False)
        context = {"page_language": language, "title": say["search"], "search_texts": texts}
        yield search_page(language, outline), context, "search.html"


def collect_code_pages(app: Sphinx) -> Iterable[tuple[str, dict, str]]:
    """One page for each code of the checks, in each language."""
    for page in code_pages(outline_of(app)):
        yield page.name, page.context, "page.html"


def rewrite_all(app: Sphinx, env: Any) -> Iterable[str]:
    """Every page shows the contents, so one changed title or place means that all are written."""
    return env.found_docs


def forbid_own_search(app: Sphinx) -> None:
    """Leaves out Sphinx's search: it is English only, and its scripts weigh on every page."""
    app.builder.search = False


def finish_site(app: Sphinx, exception: Exception | None) -> None:
    """Writes what belongs to the site as a whole, once all pages stand."""
    if exception is not None or app.builder.name != "html":
        return
    outline, site = outline_of(app), Path(app.outdir)
    write_assets(site)
    write_bank(Path(app.srcdir), site, sorted({page.language for page in outline.pages.values()}))
    write_entrance(outline, site)
    write_index(outline, site)
    write_single_files(outline, Path(app.srcdir), site)
    write_service_worker(site)


def setup(app: Sphinx) -> dict[str, Any]:
    """Registers the theme, the directives and the four moments at which the book steps in."""
    app.add_html_theme("course", str(THEME))
    # jupyter-book sets these two for extensions that this book leaves out; unknown, they would warn.
    app.add_config_value("thebe_config", {}, "")
    app.add_config_value("comments_config", {}, "")
    app.add_directive("module-overview", ModuleOverview)
    app.add_directive("module-list", ModuleList)
    app.add_directive("my-work", MyWork)
    app.add_directive("case-list", CaseList)
    app.add_directive("outcome-table", OutcomeTable)
    app.add_directive("clause-table", ClauseTable)
    app.add_directive("path-list", PathList)
    app.add_directive("guide-list", GuideList)
    app.add_directive("guide", GuidePage)
    app.add_directive("model-reports", ModelReports)
    app.add_directive("fault-hunt", FaultHunt)
    app.add_directive("rule-codes", RuleCodes)
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
    app.add_post_transform(LocalAdmonitions)
    app.connect("builder-inited", forbid_own_search)
    app.connect("env-updated", rewrite_all)
    app.connect("html-page-context", describe_page)
    app.connect("html-collect-pages", collect_search_pages)
    app.connect("html-collect-pages", collect_code_pages)
    app.connect("build-finished", finish_site)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
