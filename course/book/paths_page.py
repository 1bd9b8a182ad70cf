"""The directive of the page of paths: the short one, the whole one, and the reader's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from docutils import nodes

from course.book.facts_directive import FactsDirective
from course.content.paths import FILE
from course.content.reading import module_folders
from course.practice.paths import Step, mine_payload, path_steps, say_step, say_total
from course.quizzes.html import page_html
from course.texts import text


class PathList(FactsDirective):
    """`{path-list}`: each path with its modules and its time; the reader's own is drawn in the browser."""

    def parts(self) -> Iterable[nodes.Node]:
        """A section a path."""
        root = Path(self.env.srcdir)
        for path in (FILE, *(folder / "module.yml" for folder in module_folders(root))):
            self.env.note_dependency(str(path))
        for name in ("short", "whole"):
            steps = path_steps(name, root)
            content = (
                f"<p>{escape(self._say(f'about-{name}'))}</p>{self._table(steps)}"
                f"<p>{escape(say_total(steps, self.language))}</p>"
            )
            yield self.titled(f"path-{name}", self._say(f"title-{name}"), content)
        yield self.html(page_html(mine_payload(self.language, root)))

    def _say(self, key: str) -> str:
        return text(f"path.{key}", self.language)

    def _table(self, steps: Sequence[Step]) -> str:
        head = "".join(f'<th scope="col">{escape(self._say(key))}</th>' for key in ("module", "time"))
        rows = "".join(
            f'<tr><th scope="row">{self._name(step)}</th>'
            f"<td>{escape(say_step(step, self.language))}</td></tr>"
            for step in steps
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"

    def _name(self, step: Step) -> str:
        name = f'<bdi lang="en">{escape(f"{step.code} {step.title}")}</bdi>'
        up = "../" * self.env.docname.count("/")
        return f'<a href="{up}{step.page}.html">{name}</a>' if step.page else name
