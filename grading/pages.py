"""What stands in a page that comes back: points, comments and outputs made safe, no hidden test.

Each class is a preprocessor of nbgrader's `GenerateFeedback`; `SafeOutputs` runs last.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from nbconvert.filters import strip_ansi
from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import GetGrades, NbGraderPreprocessor
from pygments.formatters import HtmlFormatter
from traitlets import Unicode

from course.texts import LANGUAGES, direction, section, text
from grading.hidden import read_marks, split_hidden, squeezed
from grading.outputs import WIDGET, plain_text
from grading.records import load_record
from grading.sanitising import POLICY

SHORTEST = 12  # letters of a hidden line that can be told from chance


class GetUnread(GetGrades):
    """nbgrader's scores and comments; which parts a person has not read yet, or must read again."""

    def preprocess(self, nb, resources):
        """Adds `unread` and `doubted`, the ids of those parts, to the resources."""
        nb, resources = super().preprocess(nb, resources)
        told = resources["nbgrader"]
        with self.gradebook as gradebook:
            page = gradebook.find_submission_notebook(told["notebook"], told["assignment"], told["student"])
            by_hand = [grade for grade in page.grades if grade.manual_score is None]
            resources["unread"] = {grade.name for grade in by_hand if grade.auto_score is None}
            resources["doubted"] = {
                grade.name for grade in by_hand if grade.auto_score is not None and grade.needs_manual_grade
            }
        return nb, resources


class TellDamage(NbGraderPreprocessor):
    """Brings what was repaired in the page, from the record of its grading."""

    root = Unicode(help="The course's folder.").tag(config=True)

    def preprocess(self, nb, resources):
        """Adds `repairs` (findings) and `stopped` (ids of parts that did not end) to the resources."""
        told = resources["nbgrader"]
        record = load_record(Path(self.root), told["student"], told["assignment"])
        resources["repairs"] = record.repairs.get(told["notebook"], ()) if record is not None else ()
        flags = record.flags.get(told["notebook"], ()) if record is not None else ()
        resources["stopped"] = {flag.grade_id for flag in flags if flag.code == "stopped"}
        return nb, resources


class HideTests(NbGraderPreprocessor):
    """Takes hidden tests and mark schemes out of the page, and out of what any part of it printed."""

    def preprocess(self, nb, resources):
        """Marks the parts of which something is not shown."""
        marks = read_marks(self.config)
        hidden: dict[int, list[str]] = {}
        for place, cell in enumerate(nb.cells):
            cell.source, lines = split_hidden(cell.source, marks)
            if lines:
                hidden[place] = lines
                cell.metadata["hidden"] = True
        open_text = squeezed("\n".join(cell.source for cell in nb.cells))
        secrets = {squeezed(line) for lines in hidden.values() for line in lines}
        secrets = {line for line in secrets if len(line) >= SHORTEST and line not in open_text}
        for place, cell in enumerate(nb.cells):
            if cell.cell_type == "code":
                cell.outputs = [_hide(output, secrets, place in hidden) for output in cell.outputs]
        return nb, resources


def _hide(output: NotebookNode, secrets: set[str], near: bool) -> NotebookNode:
    """An output without hidden lines; a traceback prints the lines around an error."""
    if output.output_type == "error":
        shown = squeezed(strip_ansi("\n".join(output.traceback)))
        if near or any(secret in shown for secret in secrets):
            said = f"{output.ename}: {output.evalue}"
            output.traceback = [output.ename if any(s in squeezed(said) for s in secrets) else said]
        return output
    texts = [output.text] if output.output_type == "stream" else list(output.get("data", {}).values())
    shown = squeezed(strip_ansi("\n".join(plain_text(value) for value in texts)))
    if any(secret in shown for secret in secrets):
        return new_output("display_data", {}, metadata={"hidden": True})
    return output


# The words beside the parts ----------------------------------------------------------------------


class Words(NbGraderPreprocessor):
    """Adds what every page says in its language, and the points of each part."""

    language = Unicode(LANGUAGES[0], help="The language of pages that name none.").tag(config=True)

    def preprocess(self, nb, resources):
        """Runs after the others, which bring scores, repairs and outputs."""
        language = nb.metadata.get("course", {}).get("lang", self.language)
        told = resources["nbgrader"]
        resources.update(
            language=language,
            direction=direction(language),
            policy=POLICY,
            texts=section("grading", language),
            damage=section("damage", language),
            repaired=[finding.for_learner(language) for finding in resources["repairs"]],
            title=text("grading.title", language, assignment=told["assignment"]),
            total=text(
                "grading.total", language, score=number(told["score"]), points=number(told["max_score"])
            ),
        )
        if told["late_penalty"]:
            resources["penalty"] = text("damage.late-penalty", language, points=number(told["late_penalty"]))
        for cell in nb.cells:
            about = cell.metadata.get("nbgrader", {})
            if about.get("task") or about.get("grade"):
                self._tell_part(cell, about, resources, language)
        return nb, resources

    def _tell_part(self, cell, about, resources, language: str) -> None:
        name = about["grade_id"]
        if name in resources["unread"]:
            resources["pending"] = True
            cell.metadata["part_points"] = text("grading.not-yet", language)
        else:
            cell.metadata["part_points"] = text(
                "grading.earned", language, score=number(about["score"]), points=number(about["points"])
            )
        if name in resources["stopped"]:
            cell.metadata["part_note"] = text("damage.stopped", language)
        elif name in resources["doubted"]:
            cell.metadata["part_note"] = text("damage.doubted", language)


class PlainParts(Words):
    """A form: no code, and the parts numbered as questions."""

    def preprocess(self, nb, resources):
        """Leaves out the form itself, which would be dead here."""
        nb.cells = [cell for cell, following in pairwise([*nb.cells, None]) if _belongs(cell, following)]
        nb, resources = super().preprocess(nb, resources)
        count = 0
        for cell in nb.cells:
            about = cell.metadata.get("nbgrader", {})
            if cell.cell_type == "code":
                cell.source = ""
                cell.outputs = [output for output in cell.outputs if _is_reason(output, about)]
            if about.get("task"):
                cell.metadata["part_title"] = text("grading.criterion", resources["language"])
            elif about.get("grade"):
                count += 1
                cell.metadata["part_title"] = text("grading.question", resources["language"], number=count)
        return nb, resources


class CourseParts(Words):
    """A page of any course: the learner's code stays, each graded part says what it is."""

    def preprocess(self, nb, resources):
        """Names each part by what it is, and by nbgrader's id of it."""
        nb, resources = super().preprocess(nb, resources)
        language, told = resources["language"], resources["nbgrader"]
        # Black and white, told apart by weight and slant: no colour too pale to read.
        resources["code_styles"] = HtmlFormatter(style="bw").get_style_defs(".highlight")
        resources["title"] = text(
            "damage.page", language, assignment=told["assignment"], notebook=told["notebook"]
        )
        for cell in nb.cells:
            about = cell.metadata.get("nbgrader", {})
            if about.get("task"):
                kind = "grading.criterion"
            elif about.get("solution"):
                kind = "damage.answer"
            elif about.get("grade"):
                kind = "damage.test"
            else:
                continue
            cell.metadata["part_title"] = f"{text(kind, language)}: {about['grade_id']}"
        return nb, resources


def _belongs(cell, following) -> bool:
    """Whether a learner needs this part again: answers, marks and their headings, not the form."""
    about = cell.metadata.get("nbgrader", {})
    if cell.cell_type == "code" or about.get("task") or about.get("grade"):
        return not _is_live(cell)
    return following is not None and following.cell_type == "code" and not _is_live(following)


def _is_live(cell) -> bool:
    return any(WIDGET in output.get("data", {}) for output in cell.get("outputs", ()))


def _is_reason(output: NotebookNode, about: dict) -> bool:
    """Whether it is for the learner: the number that a test ends in, and what it complains of, are not."""
    if output.output_type == "execute_result":
        return not about.get("grade")
    return output.output_type == "display_data" or (
        output.output_type == "stream" and output.name == "stdout"
    )


def number(value: float) -> str:
    """Points as people write them."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
