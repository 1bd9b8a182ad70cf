"""A document against a model: every fault at once, each with its line and its remedy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter, ValidationError

from course.errors import ContentError, Problem


def line_of(document: Any, location: Sequence[str | int]) -> int | None:
    """The line, from 1, of the deepest part of `location` that the document holds."""
    line, node = None, document
    for part in location:
        if isinstance(node, Mapping) and part in node:
            line = node.lc.key(part)[0] + 1
        elif isinstance(node, Sequence) and not isinstance(node, str) and isinstance(part, int):
            if not 0 <= part < len(node):
                break
            line = node.lc.item(part)[0] + 1
        else:
            break  # a field that is missing: the line of what it is missing from
        node = node[part]
    return line


def validate(
    adapter: TypeAdapter, document: Any, *, name: str, item: str, whole: Any, at: Sequence = ()
) -> Any:
    """`document` as a model. Raises ContentError with a Problem for every fault in it.

    `whole` is the document of the file and `at` where this part stands in it: they give
    the line of each fault.
    """
    try:
        return adapter.validate_python(_plain(document))
    except ValidationError as error:
        raise ContentError(
            Problem(
                name,
                line_of(whole, (*at, *place)),
                item,
                f"{'.'.join(map(str, place)) or 'this entry'}: {_said(fault)}.",
                _remedy(fault, place),
            )
            for fault in error.errors(include_url=False)
            for place in [_place(fault, document)]
        ) from None


def _place(fault: Mapping[str, Any], document: Any) -> tuple[str | int, ...]:
    """Where the fault is, as the author wrote it: without the kind by which the model was chosen."""
    place = fault["loc"]
    if place and isinstance(document, Mapping) and place[0] == document.get("kind"):
        return place[1:]
    return place


def _plain(node: Any) -> Any:
    """Nested plain dicts and lists: pydantic must not see the reader's own types."""
    if isinstance(node, Mapping):
        return {_plain(key): _plain(value) for key, value in node.items()}
    if isinstance(node, Sequence) and not isinstance(node, str):
        return [_plain(value) for value in node]
    return str(node) if isinstance(node, str) else node


def _said(fault: Mapping[str, Any]) -> str:
    if fault["type"] == "too_short":
        found, wanted = fault["ctx"]["actual_length"], fault["ctx"]["min_length"]
        return f"there are too few: {found}, at least {wanted} are needed"
    if _is_empty(fault):
        return "it is empty"
    message = fault["msg"].removeprefix("Value error, ")
    return message[:1].lower() + message[1:]


def _is_empty(fault: Mapping[str, Any]) -> bool:
    return fault["type"] == "string_too_short" or (fault["input"] is None and fault["type"] != "missing")


def _remedy(fault: Mapping[str, Any], place: Sequence[str | int]) -> str:
    field = place[-1] if place else ""
    if _is_empty(fault):
        return f"Fill in `{field}:`."
    if fault["type"] == "missing":
        return f"Add `{field}:`."
    if fault["type"] == "extra_forbidden":
        return f"Remove `{field}:`, or correct its spelling."
    if fault["type"] == "union_tag_not_found":
        return "Add `kind:`."
    if fault["type"] in ("literal_error", "union_tag_invalid"):
        return f"Write one of {fault['ctx'].get('expected') or fault['ctx']['expected_tags']}."
    return f"Correct `{field}`." if place else "Correct this entry."
