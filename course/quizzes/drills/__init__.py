"""Drills: papers of items that a generator makes from the facts. Same seed, same paper."""

from course.quizzes.drills.backward import find_deadline, make_backward_items
from course.quizzes.drills.papers import drill_intro, drill_title, make_papers

__all__ = ["drill_intro", "drill_title", "find_deadline", "make_backward_items", "make_papers"]
