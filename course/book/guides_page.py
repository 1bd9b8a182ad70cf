"""The directives of the annotated guides: the list of all, and the page of one."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from docutils import nodes

from course.book.facts_directive import FactsDirective
from course.content.guides import FOLDER, find_guide, load_guides
from course.practice.guides import STYLE, WRITTEN_IN, body_name, guide_sections, label
from course.texts import direction, text


class GuideList(FactsDirective):
    """`{guide-list}`: every guide with what is to be taken from it, in the order of their files."""

    def parts(self) -> Iterable[nodes.Node]:
        """A section a guide, which leads to its page."""
        yield self.html(f"<style>{STYLE}</style>")
        for guide in load_guides().values():
            more = escape(text("annotated.more", self.language))
            written = f'lang="{WRITTEN_IN}" dir="{direction(WRITTEN_IN)}"'
            told = (
                f"<p>{escape(label(guide, self.language))}. <bdi>{escape(', '.join(guide.authors))}</bdi></p>"
                f"<p {written}>{escape(guide.take[0])}</p>"
                f'<p><a href="guides/{guide.id}.html">{more}: {escape(body_name(guide, self.language))}, '
                f"{guide.year}</a></p>"
            )
            yield self.titled(f"guide-{guide.id}", guide.title, f'<div class="course-guide">{told}</div>')


class GuidePage(FactsDirective):
    """`{guide} cat-coalition`: one guide, a section for each of its questions."""

    required_arguments = 1

    def parts(self) -> Iterable[nodes.Node]:
        """The document, its parts, today's rules, a question, what to take and what to do otherwise."""
        for path in FOLDER.glob(f"*-{self.arguments[0]}.yml"):
            self.env.note_dependency(str(path))
        guide = find_guide(self.arguments[0])
        yield self.html(f"<style>{STYLE}</style>")
        for key, content in guide_sections(guide, self.language, top=3).items():
            heading = text(f"annotated.{key}", self.language)
            yield self.titled(f"guide-{key}", heading, f'<div class="course-guide">{content}</div>')
