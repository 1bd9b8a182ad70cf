"""What every model shares: frozen, strict about names, and two checks of ids."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Identifier = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$")]
ObjectiveId = Annotated[str, Field(pattern=r"^LO-\d\d\.\d+$")]
Text = Annotated[str, Field(min_length=1)]
Bloom = Literal["remember", "understand", "apply", "analyse", "evaluate", "create"]


class Model(BaseModel):
    """Frozen; a field that is not known is an error, since it is nearly always a typing slip."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


def require_known(names: Iterable[str], known: Collection[str], field: str) -> None:
    """Raise ValueError with the ids that are known where `field` names another."""
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ValueError(f"{field} {', '.join(map(repr, unknown))} is not among {', '.join(sorted(known))}")


def require_distinct(names: Sequence[str]) -> None:
    """Raise ValueError where an id stands twice."""
    if len(set(names)) != len(names):
        raise ValueError("an id stands twice; name each once")
