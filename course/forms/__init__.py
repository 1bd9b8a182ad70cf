"""Forms: what a learner writes, saved field by field, checked in plain words, handed in as one file."""

from course.forms.answers import Answers, read_answers, save_answer, usable_answers
from course.forms.page import form
from course.forms.readiness import readiness
from course.forms.showing import answer, show_value
from course.forms.submission import write_submission

__all__ = [
    "Answers",
    "answer",
    "form",
    "read_answers",
    "readiness",
    "save_answer",
    "show_value",
    "usable_answers",
    "write_submission",
]
