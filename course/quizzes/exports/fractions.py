"""Credit as Moodle knows it: a file with any other fraction is refused at its import.

The list is that of Moodle's grade options (`question_bank::fraction_options_full`): tenths, and
what 1 to 9 right answers share.
"""

from __future__ import annotations

from course.quizzes.exports.losses import Loss

_POSITIVE = (*(n / 10 for n in range(11)), 0.05, 0.25, 0.75, 1 / 3, 2 / 3, 1 / 6, 5 / 6, 1 / 7, 1 / 8, 1 / 9)
FRACTIONS = tuple(sorted({*_POSITIVE, *(-value for value in _POSITIVE)}))
_SAME = 1e-6


def fraction(credit: float, item: str, lost: list[Loss]) -> str:
    """The allowed fraction nearest to a credit, in per cent; one that differs is added to `lost`."""
    nearest = min(FRACTIONS, key=lambda value: (abs(value - credit), value))
    if abs(nearest - credit) > _SAME:
        reason = f"Moodle knows no share of {credit:.0%}; it is {nearest:.5g} of the question"
        lost.append(Loss(item, "credit", "changed", reason))
    return f"{nearest * 100:.5f}".rstrip("0").rstrip(".") if nearest else "0"
