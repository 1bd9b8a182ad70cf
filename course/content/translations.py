"""A translation against its item: every text of the item under the item's own ids, and no other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from course.content.models import ItemText
from course.content.models.kinds import require_places
from course.content.written import normalise

Fault = tuple[str, str]  # what is wrong, what to do


def translation_faults(item: Any, translated: ItemText) -> Iterator[Fault]:
    """Everything that keeps a translation from standing for its item, each with its remedy."""
    if translated.revision != item.revision:
        yield (
            f"translates revision {translated.revision}, but items.yml is at {item.revision}.",
            "Bring the text up to date, then write the new revision.",
        )
    for field in ("targets", "gaps", "parts"):
        yield from _id_faults(field, getattr(item, field, {}), getattr(translated, field))
    yield from _choice_faults("", getattr(item, "choices", {}), translated.choices)
    for field in ("gaps", "parts"):
        for name, part in getattr(item, field, {}).items():
            if name in getattr(translated, field):
                yield from _choice_faults(
                    f"{field}.{name}: ", part.choices, getattr(translated, field)[name].choices
                )
    for field in ("unit", "otherwise", "text", "passage"):
        if hasattr(item, field) and getattr(translated, field) is None:
            yield f"`{field}` is not translated.", f"Add `{field}:`."
    if item.kind == "cloze" and translated.text is not None:
        try:
            require_places(translated.text, item.gaps)
        except ValueError as error:
            yield f"text: {error}.", "Write each gap of the item once, in braces."
    if len(translated.hints) != len(item.hints):
        yield (
            f"has {len(translated.hints)} hints, the item {len(item.hints)}.",
            "Translate each hint, in the same order.",
        )


def _id_faults(field: str, of_item: Mapping[str, Any], translated: Mapping[str, Any]) -> Iterator[Fault]:
    if set(translated) != set(of_item):
        yield (
            f"its {field} are {', '.join(sorted(translated)) or 'none'}, those of the item "
            f"{', '.join(sorted(of_item)) or 'none'}.",
            "Translate each of them under its own id.",
        )


def _choice_faults(where: str, of_item: Mapping[str, Any], translated: Mapping[str, Any]) -> Iterator[Fault]:
    yield from _id_faults(f"{where}choices", of_item, translated)
    for name, choice in translated.items():
        original = of_item.get(name)
        if hasattr(original, "text") and choice.text is None:
            yield f"{where}choice {name} has no text.", "Translate `text`, not only `feedback`."
        if hasattr(original, "values") and choice.text is not None:
            known = {normalise(value) for value in original.values}
            if normalise(choice.text) not in known:
                yield (
                    f"{where}choice {name}: {choice.text!r} is not among the item's `values`.",
                    "Add it to `values:` in items.yml: what decides stands there only.",
                )
