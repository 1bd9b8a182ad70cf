"""The second look at a graded page: whether it was graded honestly. For the grader's side.

Three questions: does its text use what tampering needs (`suspicion`), does its shell say that it
was changed (`watch`), and do tests still judge? For the last a test that must fail is run the
way all cells were, and each passed test once more in an altered form, which looks whether what
it checks would be equal to anything.
"""

from __future__ import annotations

import ast
import random
import secrets
from functools import lru_cache
from textwrap import indent
from typing import Any, Protocol

from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_solution

from grading.records import Flag
from grading.sandbox.suspicion import suspicious_words

SENTENCES = {
    "fails-not-seen": "A test that must fail did not: errors are being hidden or tests changed.",
    "error-hidden": "This test ended in an error, or what it showed was taken off the page.",
    "equal-to-all": "What this test checks says it is equal to everything, or larger or smaller.",
    "silent": "The process of this submission did not answer the questions after the last cell.",
    "shell-changed": "The submission changed how cells are run or errors are shown.",
    "builtins-changed": "The submission changed built-in names of Python.",
    "library-changed": "The submission changed functions of a library that tests use.",
    "name-shadowed": "The submission gave a name that this test uses another meaning.",
    "memory-searched": "The submission looked through the memory of its own grading.",
    "suspicious-code": "The submission uses what tampering with grading needs: {words}.",
    "code-from-text": "The submission runs code that it makes from text, which cannot be judged beforehand.",
}


class Child(Protocol):
    """What is asked of the submission's process after its last cell."""

    def execute(self, source: str) -> tuple[str, list[dict[str, Any]]]:
        """Run a cell as all others: "ok", "error" or "gone", and its outputs."""

    def tampered(self) -> list[str]:
        """What `Watch.tampered` says; ["silent"] where nothing comes."""


def second_look(
    page: NotebookNode, child: Child | None, failed: frozenset[int] = frozenset()
) -> tuple[Flag, ...]:
    """Flags for a page that was run to its last cell; `child` is None where it was not.

    `failed`: the places of the cells that were answered with an error, whatever their outputs show,
    or whose outputs were taken away while they ran: in nbgrader no output is full points.
    Only cells that may have earned points are in doubt: those that end in an error have none.
    """
    doubtful = [cell for cell in page.cells if _may_have_points(cell)]
    if not doubtful:
        return ()
    flags = [
        Flag(cell.metadata.nbgrader["grade_id"], code, SENTENCES[code].format(words=", ".join(words)[:200]))
        for code, words in suspicious_words(page).items()
        for cell in doubtful
    ]
    flags += [
        _flag(cell, "error-hidden")
        for place, cell in enumerate(page.cells)
        if place in failed and _may_have_points(cell)
    ]
    if child is not None:
        flags += _ask(doubtful, child)
    return tuple(dict.fromkeys(flags))


def _ask(doubtful: list[NotebookNode], child: Child) -> list[Flag]:
    codes = child.tampered()
    flags = [
        _flag(cell, code)
        for said in codes
        for code, _, name in [said.partition(":")]
        for cell in doubtful
        if code in SENTENCES and (code != "name-shadowed" or name in _names(cell.source))
    ]
    status, outputs = child.execute(must_fail())
    if status == "gone":
        return [*flags, *(_flag(cell, "silent") for cell in doubtful)]
    if status != "error" or not any(output.get("output_type") == "error" for output in outputs):
        flags += [_flag(cell, "fails-not-seen") for cell in doubtful]
    return [*flags, *_look_for_equals(doubtful, child)]


def _may_have_points(cell: NotebookNode) -> bool:
    if cell.cell_type != "code" or not is_grade(cell) or is_solution(cell):
        return False
    return not any(output.output_type == "error" for output in cell.get("outputs", ()))


def _flag(cell: NotebookNode, code: str) -> Flag:
    return Flag(cell.metadata.nbgrader["grade_id"], code, SENTENCES[code])


def must_fail() -> str:
    """A test that fails in every honest shell, never twice the same."""
    number, wrong = random.randint(100, 9999), random.randint(1, 9)
    word = secrets.token_hex(random.randint(2, 5))
    forms = (
        f"answer = {number}\nassert answer - {wrong} == {number}",
        f"values = [{number}, {wrong}]\nassert sum(values) == {number}, 'the sum is wrong'",
        f"assert len({word!r}) == {len(word) + wrong}",
        f"result = {word!r}.upper()\nassert result == {word + '!'!r}, f'{{result}} is not it'",
        f"assert sorted([{number}, {number - wrong}]) == [{number}, {number}]",
    )
    return random.choice(forms)


# Tests in an altered form ---------------------------------------------------------------------------

ACCEPTS_ALL, VALUES, FOUND = "_accepts_all_", "_values_", "_found_"


def _look_for_equals(cells: list[NotebookNode], child: Child) -> list[Flag]:
    """Flags on those of `cells` whose test would accept anything."""
    altered = [(place, text) for place, cell in enumerate(cells) if (text := alter_test(cell.source, place))]
    if not altered:
        return []
    mark = secrets.token_hex(8)
    lines = [f"from grading.sandbox.watch import accepts_all as {ACCEPTS_ALL}", f"{FOUND} = set()"]
    for _, text in altered:
        indented = "\n".join(f"    {line}" for line in text.splitlines())
        lines.append(f"try:\n{indented}\nexcept BaseException:\n    pass")
    lines.append(f"print({mark!r}, *{FOUND})")
    source = "\n".join(lines)
    for name in (ACCEPTS_ALL, VALUES, FOUND):
        source = source.replace(name, f"{name}{mark}")
    status, outputs = child.execute(source)
    if status == "gone":  # tests may take their time, and once more was too long: nothing is known
        return []
    said = "".join(str(output.get("text", "")) for output in outputs)
    _, answered, numbers = said.rpartition(mark)
    if not answered:
        return [_flag(cells[place], "silent") for place, _ in altered]
    return [_flag(cells[place], "equal-to-all") for place, _ in altered if str(place) in numbers.split()]


@lru_cache(maxsize=1000)  # every submission has the same tests
def alter_test(source: str, place: int) -> str:
    """The test with each assertion turned into a look at what it compares; empty where it has none."""
    change = _Alter(place)
    try:
        tree = change.visit(ast.parse(TransformerManager().transform_cell(source)))
        text = ast.unparse(ast.fix_missing_locations(tree))
        compile(f"try:\n{indent(text, ' ')}\nfinally: pass", "test", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    except (SyntaxError, ValueError, RecursionError):
        return ""
    return text if change.looks else ""


class _Alter(ast.NodeTransformer):
    """`assert a == b` and `assert_equal(a, b)` become looks at a and b."""

    def __init__(self, place: int) -> None:
        self.place = place
        self.looks = 0

    def visit_Assert(self, node: ast.Assert) -> list[ast.stmt]:
        """An assertion looks at both sides of each comparison, what it calls, and with what."""
        values: list[str] = []
        equal = _compared(values, node.test)
        for part in ast.walk(node.test):
            for argument in part.args if isinstance(part, ast.Call) else ():
                _keep(values, argument)
        if not values:
            _keep(values, node.test)
        return self._look(values, equal)

    def visit_Expr(self, node: ast.Expr) -> list[ast.stmt]:
        """A call may be one of a helper that asserts: it looks at its arguments, and is called."""
        values: list[str] = []
        equal = _compared(values, node.value)
        if isinstance(node.value, ast.Call):
            for argument in node.value.args:
                if not isinstance(argument, ast.Constant):
                    _keep(values, argument)
        return [*self._look(values, equal), ast.Try([node], [_ignore()], [], [])]

    def visit_Assign(self, node: ast.Assign) -> list[ast.stmt]:
        """Points that are counted together: it looks at what is compared."""
        values: list[str] = []
        equal = _compared(values, node.value)
        return [*self._look(values, equal), node]

    def visit_AugAssign(self, node: ast.AugAssign) -> list[ast.stmt]:
        """The same, where points are added."""
        return self.visit_Assign(node)

    def _look(self, values: list[str], equal: list[tuple[int, int]]) -> list[ast.stmt]:
        if not values:
            return []
        lines = [f"{VALUES} = {{}}"]
        for number, value in enumerate(values):
            lines.append(f"try:\n    {VALUES}[{number}] = {value}\nexcept Exception:\n    pass")
        lines.append(f"if {ACCEPTS_ALL}({VALUES}, {equal}):\n    {FOUND}.add({self.place})")
        self.looks += len(values)
        return ast.parse("\n".join(lines)).body


def _compared(values: list[str], node: ast.AST) -> list[tuple[int, int]]:
    """Keep both sides of each comparison; the places of those that are compared for equality."""
    equal = []
    for part in ast.walk(node):
        if isinstance(part, ast.Compare):
            sides = [_keep(values, side) for side in (part.left, *part.comparators)]
            if len(sides) == 2 and isinstance(part.ops[0], ast.Eq):
                equal.append((sides[0], sides[1]))
    return equal


def _ignore() -> ast.ExceptHandler:
    return ast.ExceptHandler(ast.Name("Exception", ast.Load()), None, [ast.Pass()])


def _keep(values: list[str], node: ast.expr) -> int:
    """The place of an expression among those to be looked at, each of which is worked out once."""
    text = ast.unparse(node)
    if isinstance(node, ast.Starred):
        text = f"[{text}]"
    if text not in values:
        values.append(text)
    return values.index(text)


def _names(source: str) -> set[str]:
    try:
        return {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    except SyntaxError:
        return set()
