"""What a format cannot hold: said item by item and field by field, never dropped in silence."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

Change = Literal["left out", "changed", "moved"]


@dataclass(frozen=True, order=True)
class Loss:
    """One field of one item that is not in the file as the author wrote it.

    `left out`: it is not in the file, or nobody who answers sees it. `changed`: it is there, but
    says or counts something else. `moved`: every word is there, in another place.
    """

    item: str
    field: str
    change: Change
    reason: str

    def __str__(self) -> str:
        return f"{self.item}: {self.field} {self.change}: {self.reason}"

    def as_dict(self) -> dict[str, str]:
        """The loss as plain JSON data."""
        return asdict(self)
