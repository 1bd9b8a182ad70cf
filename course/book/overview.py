"""The directives of module pages: what a module holds, and the list of modules as single files."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

from course.book.navigation import DEFAULT, page_language
from course.content.models import Module
from course.content.reading import load_module, module_folders
from course.errors import CourseError
from course.texts import LANGUAGES, text

SINGLE_FOLDER = "single"


def single_file_of(module: str) -> str:
    """Where a module's self-contained file stands, from the root of the book."""
    return f"{SINGLE_FOLDER}/{module}.html"


class CourseDirective(SphinxDirective):
    """What both directives share: the page's language and links to other pages."""

    @property
    def language(self) -> str:
        """The language of the page that the directive stands on."""
        return page_language(self.env.docname, self.env.metadata.get(self.env.docname, {}))

    def say(self, key: str, **values: object) -> str:
        """A text of the section `book` in the page's language."""
        return text(f"book.{key}", self.language, **values)

    def read_module(self, name: str) -> Module:
        """The module, noted as a source of this page. Raises a directive error in words."""
        root = Path(self.env.srcdir)
        self.env.note_dependency(str(root / "modules" / name / "module.yml"))
        load_module.cache_clear()
        try:
            return load_module(name, root)
        except CourseError as error:
            raise self.error(str(error)) from None

    def link(self, target: str, title: str | None = None) -> nodes.Node:
        """A link to another page, under its own title or the one given."""
        inner = nodes.inline("", title or "", classes=["doc"])
        reference = addnodes.pending_xref(
            "",
            inner,
            refdomain="std",
            reftype="doc",
            reftarget=f"/{target}",
            refexplicit=title is not None,
            refwarn=True,
            refdoc=self.env.docname,
        )
        self.set_source_info(reference)
        return reference

    def english(self, node: nodes.Element) -> nodes.Element:
        """Marks text that module.yml holds in English alone, on a page in another language."""
        if self.language != DEFAULT:
            node["classes"].append(f"lang-{DEFAULT}")
        return node

    def part(self, key: str, *children: nodes.Node) -> nodes.section:
        """A section with its heading."""
        identifier = nodes.make_id(f"{key}-of-module")
        section = nodes.section("", nodes.title("", self.say(key)), *children, ids=[identifier])
        section["names"] = [identifier]
        return section


class ModuleOverview(CourseDirective):
    """`{module-overview} 03-treaty-bodies`: objectives, minutes, lessons with links, tasks."""

    required_arguments = 1
    has_content = False
    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """The sections of the overview."""
        module = self.read_module(self.arguments[0])
        objectives = nodes.bullet_list(classes=["objectives"])
        for objective in module.objectives:
            objectives += self.english(nodes.list_item("", nodes.paragraph("", objective.text)))
        lessons = nodes.enumerated_list(classes=["lessons"], enumtype="arabic")
        for lesson in module.lessons:
            lessons += self._lesson(module.id, lesson.file, lesson.minutes)
        sections = [
            nodes.paragraph("", self._total(module.minutes), classes=["module-time"]),
            self.part("objectives", objectives),
            self.part("lessons", lessons),
        ]
        if module.tasks:
            tasks = nodes.bullet_list(classes=["lessons"])
            for task in module.tasks:
                line = nodes.paragraph("", "", self.english(nodes.inline("", task.title)))
                line += self._minutes(task.minutes)
                tasks += nodes.list_item("", line)
            sections.append(self.part("tasks", tasks))
        return sections

    def _total(self, minutes: int) -> str:
        if minutes < 120:
            return self.say("minutes-total", minutes=minutes)
        return self.say("hours-total", hours=f"{minutes / 60:.1f}".removesuffix(".0"))

    def _minutes(self, minutes: int) -> nodes.inline:
        return nodes.inline("", self.say("minutes", minutes=minutes), classes=["minutes"])

    def _lesson(self, module: str, file: str, minutes: int) -> nodes.list_item:
        name = f"modules/{module}/{file}"
        versions = {
            language: target
            for language in LANGUAGES
            if (target := name if language == DEFAULT else f"{name}.{language}") in self.env.found_docs
        }
        chosen = self.language if self.language in versions else DEFAULT
        line = nodes.paragraph("", "", self._in(chosen, self.link(versions.get(chosen, name))))
        line += self._minutes(minutes)
        others = [language for language in versions if language != chosen]
        if others:
            more = nodes.inline("", self.say("also-in") + " ", classes=["also-in"])
            for place, language in enumerate(others):
                if place:
                    more += nodes.Text(", ")
                title = text("book.language-name", language)
                more += self._in(language, self.link(versions[language], title))
            line += more
        return nodes.list_item("", line)

    def _in(self, language: str, node: nodes.Node) -> nodes.inline:
        classes = [f"lang-{language}"] if language != self.language else []
        return nodes.inline("", "", node, classes=classes)


class ModuleList(CourseDirective):
    """`{module-list}`: every module with its summary, its minutes and its single file."""

    has_content = False
    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """One list of cards."""
        self.env.note_dependency(str(Path(self.env.srcdir) / "_toc.yml"))
        cards = nodes.bullet_list(classes=["module-list"])
        for folder in module_folders(Path(self.env.srcdir)):
            module = self.read_module(folder.name)
            title = f"{module.code} {module.title}"
            link = self.english(nodes.inline("", "", self.link(f"modules/{module.id}/index", title)))
            head = nodes.paragraph("", "", link, classes=["module-title"])
            about = self.english(nodes.paragraph("", module.summary))
            single = nodes.reference(
                "", self.say("one-file"), refuri=self._up() + single_file_of(module.id), internal=True
            )
            single["classes"].append("single-link")
            foot = nodes.paragraph("", "", classes=["module-time"])
            foot += nodes.inline("", self.say("minutes", minutes=module.minutes), classes=["minutes"])
            foot += nodes.inline("", "", single)
            cards += nodes.list_item("", head, about, foot)
        return [cards]

    def _up(self) -> str:
        return "../" * self.env.docname.count("/")
