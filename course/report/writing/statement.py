"""How long a statement takes when it is read aloud."""

from __future__ import annotations

from dataclasses import dataclass

from course.report.counting import words_in
from course.report.writing.outline import Piece

# Words a minute for a careful reader whom interpreters can follow. Our own assumption, no rule of the
# United Nations: read it aloud with a watch, and give your own pace.
PACE = {"en": 120, "fr": 120, "ar": 95}
SAID = ("plain", "point", "numbered", "demand")


@dataclass(frozen=True, slots=True)
class Spoken:
    """`words` take `seconds` at `pace` words a minute; `allowed` are the seconds that were given."""

    words: int
    pace: int
    seconds: int
    allowed: int | None

    @property
    def over(self) -> int:
        """Seconds beyond the time allowed, 0 where it fits or nothing is known."""
        return 0 if self.allowed is None else max(0, self.seconds - self.allowed)


def time_statement(
    pieces: tuple[Piece, ...], language: str, *, pace: int | None = None, minutes: float | None = None
) -> Spoken:
    """The time that the spoken part of a document takes; `minutes` is what the speaker was given."""
    words = sum(words_in(piece.text) for piece in pieces if piece.kind in SAID)
    pace = pace or PACE[language]
    return Spoken(words, pace, round(words * 60 / pace), None if minutes is None else round(minutes * 60))
