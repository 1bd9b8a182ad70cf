"""What the directives of pages made from the facts have in common."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any, ClassVar

from docutils import nodes

from course.book.facts_parts import FACTS_STYLE
from course.book.overview import CourseDirective
from course.errors import CourseError
from course.facts import bodies, body, mechanisms
from course.texts import text


class FactsDirective(CourseDirective):
    """What they share: texts, sections of HTML, and errors in words."""

    has_content = False
    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """The page's sections, under one style."""
        try:
            return [self.html(f"<style>{FACTS_STYLE}</style>"), *self.parts()]
        except CourseError as error:
            raise self.error(str(error)) from None

    def parts(self) -> Iterable[nodes.Node]:
        """The sections of the page."""
        raise NotImplementedError

    def word(self, key: str, **values: object) -> str:
        """A text of the section `facts` in the page's language."""
        return text(f"facts.{key}", self.language, **values)

    def html(self, content: str) -> nodes.raw:
        """HTML as it is."""
        return nodes.raw("", content, format="html")

    def titled(self, identifier: str, title: str, content: str) -> nodes.section:
        """A section with a heading, which the page lists in its margin."""
        made = nodes.section("", nodes.title("", title), self.html(content), ids=[identifier])
        made["names"] = [identifier]
        return made

    def name_of(self, code: str) -> str:
        """A body or mechanism by name, in the page's language; an office by its letters."""
        if code in bodies():
            return body(code).name(self.language)
        return self.word(f"mechanism-{code}") if code in mechanisms() else code

    def sheet(self, code: str) -> str:
        """A link to the sheet of a body or mechanism; the bare letters of an office."""
        if code not in (*bodies(), *mechanisms()):
            return escape(code)
        up = "../" * self.env.docname.count("/")
        address = f"{up}pages/bodies/{code.lower()}.html"
        return f'<a href="{address}"><bdi dir="ltr">{code}</bdi></a>'
