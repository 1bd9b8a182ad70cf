"""Looks for tampering in the text of a submission, before and beside anything it does.

What changes its own grading from within needs certain words: those of IPython's machinery, of
frames and memory, or code made from text. Words that the course's own locked cells use are
ordinary in that course and are left out.
"""

from __future__ import annotations

import ast
from functools import cache

from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_locked, is_solution

WORDS = frozenset(
    {
        # IPython's shell and what is hung into it
        "InteractiveShell", "InteractiveShellApp", "ZMQInteractiveShell", "IPythonKernel", "ast_transformers",
        "input_transformers_post", "input_transformers_cleanup", "input_transformer_manager", "run_cell",
        "run_cell_async", "run_code", "run_ast_nodes", "showtraceback", "_showtraceback", "show_traceback",
        "set_custom_exc", "custom_exceptions", "display_formatter", "displayhook", "display_pub", "user_ns",
        "user_global_ns", "history_manager", "do_execute", "execute_request", "execute_reply", "grade_id",
        # Frames, memory and what watches code run
        "settrace", "setprofile", "_getframe", "_current_frames", "currentframe", "f_back", "f_globals",
        "f_locals", "f_code", "tb_frame", "gi_frame", "cr_frame", "ag_frame", "__globals__", "__code__",
        "__closure__", "__subclasses__", "__builtins__", "get_objects", "get_referrers", "get_referents",
        # Python's own hooks
        "excepthook", "unraisablehook", "addaudithook", "meta_path", "path_hooks", "__instancecheck__",
        "__subclasscheck__", "PYTHONSTARTUP", "sitecustomize", "usercustomize",
    }
)  # fmt: skip
MODULES = frozenset(
    {
        "IPython", "ipykernel", "jupyter_client", "nbclient", "nbgrader", "grading", "__main__", "builtins",
        "gc", "inspect", "ctypes", "_ctypes", "marshal", "codeop", "bdb", "unittest.mock", "mock",
    }
)  # fmt: skip
HARMLESS_MODULES = ("IPython.display", "IPython.core.display")
RUNNERS = frozenset({"exec", "eval", "compile", "__import__", "import_module"})
# pandas' `frame.eval` and `re.compile` are no runners
RUNNERS_AS_METHODS = frozenset({"exec", "__import__", "import_module"})
MAGICS = frozenset({"run_line_magic", "run_cell_magic", "system", "getoutput", "magic", "set_next_input"})
CODE_MAGICS = frozenset({"time", "timeit", "capture", "prun"})
LONGEST = 40  # characters of a word in a sentence


def suspicious_words(page: NotebookNode) -> dict[str, tuple[str, ...]]:
    """What is suspicious in the cells that a learner may write, by the flag's code, in its order there."""
    usual: set[str] = set()
    found: dict[str, None] = {}
    for cell in page.cells:
        if cell.cell_type != "code":
            continue
        if (is_locked(cell) or is_grade(cell)) and not is_solution(cell):
            usual.update(_words_of(cell.source))
        else:
            found.update(dict.fromkeys(_words_of(cell.source)))
    wanted = [word for word in found if word not in usual]
    runners = tuple(word for word in wanted if word in RUNNERS)
    words = tuple(word for word in wanted if word not in RUNNERS)
    return {code: said for code, said in (("code-from-text", runners), ("suspicious-code", words)) if said}


@cache
def _words_of(source: str) -> tuple[str, ...]:
    try:
        tree = ast.parse(TransformerManager().transform_cell(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # what is no Python does nothing either
        return ()
    reader = _Reader()
    reader.visit(tree)
    return tuple(reader.found)


class _Reader(ast.NodeVisitor):
    """Goes through the code of a cell; `found` keeps the order."""

    def __init__(self) -> None:
        self.found: dict[str, None] = {}

    def add(self, *words: str) -> None:
        """Note words that are suspicious wherever they stand."""
        self.found.update(dict.fromkeys(word[:LONGEST] for word in words))

    def add_listed(self, *words: str) -> None:
        """Note those words that are on the list."""
        self.add(*(word for word in words if word in WORDS))

    def visit_Import(self, node: ast.Import) -> None:
        self.add_modules(*(alias.name for alias in node.names))

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        names = [alias.name for alias in node.names]
        self.add_listed(*names)
        self.add_modules(*(f"{node.module}.{name}" for name in names))

    def add_modules(self, *names: str) -> None:
        """Note the modules that reach into the grader, Python or its memory."""
        for name in names:
            parts = name.split(".")
            outer = {".".join(parts[:length]) for length in range(1, len(parts) + 1)}
            if outer & MODULES and not name.startswith(HARMLESS_MODULES):
                self.add(name)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self.add_listed(node.name)
        self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        self.add_listed(node.id)
        if node.id == "get_ipython":
            self.add(node.id)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self.add_listed(node.value)
            if node.value.startswith("/proc/"):
                self.add(node.value)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        self.add_listed(node.attr)
        if not (_is_call_of(node.value, "get_ipython") and node.attr in MAGICS):
            self.visit(node.value)

    def visit_Assign(self, node: ast.Assign) -> None:
        for (
            target
        ) in node.targets:  # `module.function = lambda ...`: what tests rely on becomes something else
            if isinstance(target, ast.Attribute) and isinstance(node.value, ast.Lambda):
                self.add(f"{ast.unparse(target)} = lambda")
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        self.generic_visit(node)
        method = isinstance(node.func, ast.Attribute)
        name = node.func.attr if method else getattr(node.func, "id", "")
        constants = [part.value for part in node.args if isinstance(part, ast.Constant)]
        texts = [value for value in constants if isinstance(value, str)]
        if name in (RUNNERS_AS_METHODS if method else RUNNERS):
            if not texts:
                self.add(name)
            elif name in {"__import__", "import_module"}:
                self.add_modules(texts[0])
            else:
                self.add(*_words_of(texts[0]))
        elif name in {"run_line_magic", "run_cell_magic"} and texts and texts[0] in CODE_MAGICS:
            self.add(*_words_of(texts[-1]))
        elif name in {"getattr", "setattr"} and len(node.args) > 1 and _is_put_together(node.args[1]):
            self.add(f"{name}(..., {ast.unparse(node.args[1])})")


def _is_call_of(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name


def _is_put_together(node: ast.AST) -> bool:
    """A name made in the call itself, such as "run" + "_cell": only who hides it does that."""
    return isinstance(node, (ast.BinOp, ast.JoinedStr, ast.Call))
