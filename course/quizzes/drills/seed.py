"""The learner's own seed: drawn once and kept in my work, so that neighbours get other papers."""

from __future__ import annotations

from secrets import randbelow

from course.errors import WorkError
from course.work import open_work

FORM, FIELD = "practice-papers", "number"
STATIC = 1  # where nobody's work can be read, as on the static page
LAST = 9000


def learner_seed() -> int:
    """The seed that is kept in my work; one freshly drawn where none is kept yet.

    Nothing is written here: looking at a page leaves no trace. `keep_seed` keeps it with the
    first answer. Where my work cannot be read, the paper is that of the static page.
    """
    try:
        kept = open_work().fields(FORM).get(FIELD, {}).get("response")
    except WorkError:
        return STATIC
    return kept if type(kept) is int and 1 <= kept <= LAST else 1 + randbelow(LAST)


def keep_seed(seed: int) -> None:
    """Keep the seed, unless one is kept already."""
    work = open_work()
    if FIELD not in work.fields(FORM):
        work.save_field(form=FORM, field=FIELD, value=seed)
