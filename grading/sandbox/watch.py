"""Beside the submitted code: notices when what judges it is changed.

It is no proof. A submission runs in the same interpreter and could, with effort, undo what it
did; but it does not know when it is looked at, and what it needs for that is looked for in its
text as well.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from types import FunctionType, ModuleType
from typing import Any

from grading.sandbox import landlock

# Modules whose functions tests rely on; only those that are loaded before the first cell are looked at.
TRUSTED_MODULES = (
    "builtins", "math", "cmath", "operator", "statistics", "random", "json", "json.decoder", "json.encoder",
    "hmac", "socket", "unittest", "unittest.case", "numpy", "numpy.testing", "numpy.linalg", "numpy.random",
    "pandas", "pandas.testing", "pandas._testing", "IPython.core.interactiveshell",
)  # fmt: skip
TRUSTED_CLASSES = (
    ("pandas", "DataFrame"), ("pandas", "Series"), ("pandas", "Index"), ("unittest", "TestCase"),
    ("grading.engine.shell", "LineSession"), ("grading.engine.shell", "FileStream"),
)  # fmt: skip
# What IPython itself puts among the built-in names, anew with each cell
OF_IPYTHON = {"_", "__", "___", "get_ipython", "display", "exit", "quit", "__IPYTHON__"}
LIBRARIES = (
    "matplotlib",
    "IPython",
    "ipykernel",
    "ipywidgets",
    "grading.",
    "tqdm",
    "pandas",
    "seaborn",
    "plotly",
)
SEARCHES = {
    "gc.get_objects", "gc.get_referrers", "gc.get_referents", "sys.settrace", "sys.setprofile",
    "ctypes.dlopen", "ctypes.dlsym", "ctypes.cdata", "ctypes.string_at", "sys._current_frames",
}  # fmt: skip
STRANGE_NUMBER, STRANGE_TEXT = 7_304_961_528_417, "none of what is asked"
DEPTH, WIDTH = 3, 500  # how far into containers values are looked at

State = dict[Any, Any]


class Watch:
    """Remembers what a shell is made of; `tampered` says what has become different.

    Make it just before the first submitted cell.
    """

    def __init__(self, shell: Any) -> None:
        self._shell = shell
        self._before = dict(_states(shell))
        self._names = _builtin_names(shell)
        seen: set[str] = set()

        def notice(event: str, arguments: tuple[Any, ...]) -> None:
            if event in SEARCHES or (
                event == "object.__setattr__" and len(arguments) > 1 and arguments[1] == "__code__"
            ):
                seen.add("memory-searched")

        self._searched: Callable[[], set[str]] = lambda: set(seen)
        sys.addaudithook(notice)  # cannot be taken off again

    def tampered(self) -> list[str]:
        """Codes of `canary.SENTENCES`; "name-shadowed:NAME" for a built-in name that the page uses otherwise.

        From here on nothing in this process can write a file, and tracebacks are short: tests are
        about to be run a second time. Never raises.
        """
        try:
            found = self._searched() | self._changes()
        except Exception:  # a hostile object in the way of looking is an answer
            found = {"shell-changed"}
        with suppress(Exception):
            self._shell.InteractiveTB.set_mode("Minimal")
        with suppress(OSError):  # without Landlock the second run may write
            if landlock.version():
                landlock.restrict_files(readable=["/"], writable=["/dev"])
        return sorted(found)

    def _changes(self) -> set[str]:
        found = set()
        for name, state in _states(self._shell):
            before = self._before.get(name, {})
            changed = any(state.get(key, before) is not value for key, value in before.items())
            if changed or (name.startswith("all:") and len(state) != len(before)):
                found.add(_code(name))
        for name, value in _builtin_names(self._shell).items():
            if self._names.get(name) is not value:
                found.add(f"name-shadowed:{name}")
        if self._shell.user_ns.get("__builtins__", builtins) not in (builtins, vars(builtins)):
            found.add("builtins-changed")
        return found


def _builtin_names(shell: Any) -> State:
    """What the page calls by a name that is Python's own."""
    return {name: shell.user_ns[name] for name in vars(builtins) if name in shell.user_ns and name[0] != "_"}


def _code(name: str) -> str:
    if name == "module:builtins":
        return "builtins-changed"
    return "library-changed" if name.startswith("module:") else "shell-changed"


def _states(shell: Any) -> Iterator[tuple[str, State]]:
    """Everything that is compared: a name, and what it consists of; to "all:" nothing may be added."""
    for name in TRUSTED_MODULES:
        module = sys.modules.get(name)
        if module is not None:
            yield f"module:{name}", _functions(module, OF_IPYTHON if name == "builtins" else ())
    for module_name, name in TRUSTED_CLASSES:
        module = sys.modules.get(module_name)
        if module is not None:
            yield f"module:{module_name}.{name}", dict(vars(getattr(module, name)))
    parts = {
        "shell": shell,
        "kernel": shell.kernel,
        "session": shell.kernel.session,
        "publisher": shell.display_pub,
        "hook": shell.displayhook,
        "formatter": shell.display_formatter,
        "traceback": shell.InteractiveTB,
        "compiler": shell.compile,
    }
    for name, part in parts.items():
        yield f"part:{name}", {"itself": type(part)}
        for place, kind in enumerate(type(part).__mro__[:-1]):
            if kind.__module__.startswith(LIBRARIES):
                yield f"class:{name}:{place}", _functions(kind)
        methods = _methods(type(part))
        yield f"all:{name}", {key: value for key, value in vars(part).items() if key in methods}
    transformers = shell.input_transformer_manager
    for name, listed in (
        ("cleanup", transformers.cleanup_transforms),
        ("lines", transformers.line_transforms),
        ("tokens", transformers.token_transformers),
        ("after", shell.input_transformers_post),
        ("trees", shell.ast_transformers),
        ("exceptions", shell.custom_exceptions),
    ):
        yield f"all:{name}", {place: _identity(part) for place, part in enumerate(listed)}
    for event, callbacks in shell.events.callbacks.items():
        foreign = [
            call for call in callbacks if not str(getattr(call, "__module__", "")).startswith(LIBRARIES)
        ]
        yield f"all:event {event}", dict(enumerate(foreign))
    text = shell.display_formatter.formatters["text/plain"].type_printers
    printers = {kind: text.get(kind) for kind in (bool, int, float, str)}
    yield (
        "all:printers",
        {
            kind: call
            for kind, call in printers.items()
            if not str(getattr(call, "__module__", "IPython")).startswith(LIBRARIES)
        },
    )
    yield "part:hooks", {"excepthook": sys.excepthook, "stdout": sys.stdout, "stderr": sys.stderr}


def _functions(owner: ModuleType | type, left_out: tuple[str, ...] | set[str] = ()) -> State:
    return {name: value for name, value in vars(owner).items() if callable(value) and name not in left_out}


def _identity(part: Any) -> Any:
    """Bound methods are made anew at each look: their function stands for them."""
    return getattr(part, "__func__", part)


def _is_known(call: Any) -> bool:
    """Whether a function is of a library that hooks itself into every shell."""
    return str(getattr(call, "__module__", "")).startswith(LIBRARIES)


def _methods(kind: type) -> set[str]:
    own = (pair for base in kind.__mro__ for pair in vars(base).items())
    return {name for name, value in own if isinstance(value, FunctionType)}


# Objects that are equal to everything ---------------------------------------------------------------


def accepts_all(values: dict[int, Any], compared: list[tuple[int, int]]) -> bool:
    """Whether one of `values` would pass any test; `compared` are those a test takes for equal."""
    others: dict[int, Any] = {}
    for left, right in compared:
        if left in values and right in values and _says_yes(values[left], values[right]):
            others |= {left: values[right], right: values[left]}
    return any(is_equal_to_all(value, others.get(place)) for place, value in values.items())


def is_equal_to_all(value: Any, other: Any = None, depth: int = DEPTH) -> bool:
    """Whether `value` says it is equal to, or ordered beside, what it cannot be.

    `other` is what a test compares it with: a slightly different one must not be equal either.
    """
    if any(_says_yes(value, stranger) for stranger in _strangers(other)) or _is_beside_all(value):
        return True
    if depth == 0 or isinstance(value, (str, bytes)):
        return False
    return any(is_equal_to_all(part, None, depth - 1) for part in _parts(value))


def _strangers(other: Any) -> list[Any]:
    found = [object(), STRANGE_NUMBER, STRANGE_NUMBER + 0.25, STRANGE_TEXT, [STRANGE_TEXT]]
    if isinstance(other, bool):
        return found
    if isinstance(other, (int, float)):
        found += [other + 1, other * 2 + 1]
    elif isinstance(other, str):
        found.append(other + "?")
    elif isinstance(other, list):
        found.append([*other, STRANGE_TEXT])
    return found


def _says_yes(value: Any, stranger: Any) -> bool:
    try:
        return bool(value == stranger)
    except Exception:  # arrays and missing values have no single answer: that is honest
        return False


def _is_beside_all(value: Any) -> bool:
    stranger = object()
    try:
        return bool(value < stranger) or bool(value > stranger)
    except Exception:
        return False


def _parts(value: Any) -> list[Any]:
    try:
        if isinstance(value, dict):
            return [*value.keys(), *value.values()][:WIDTH]
        if isinstance(value, (list, tuple, set, frozenset)):
            return list(value)[:WIDTH]
        if getattr(getattr(value, "dtype", None), "kind", "") == "O":
            return list(value.ravel()[:WIDTH] if hasattr(value, "ravel") else value[:WIDTH])
    except Exception:
        return []
    return []
