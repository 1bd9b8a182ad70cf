"""Days and notes that the planner's tests share; every session here is invented."""

from __future__ import annotations

from datetime import date

from course.planner import SessionNote, plan_backward

TODAY = date(2026, 11, 23)
SESSION = date(2027, 10, 11)  # a Monday
LINK = "https://example.org/note-of-the-session"


def plan_for(session=SESSION, today=TODAY, body="CEDAW", stage="session", **options):
    """A plan, of the women's committee unless another is named."""
    return plan_backward(body, stage, session, today, **options)


def entered(**values):
    """An entry from the information note, with its source."""
    return SessionNote(**{"link": LINK, "dated": date(2026, 11, 1), **values})
