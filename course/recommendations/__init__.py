"""Examines recommendations: who, what, by when, on which legal basis. It sees words, not sense.

One piece of code for the practice pages and for whoever checks a whole report.
"""

from course.recommendations.engine import examine
from course.recommendations.lists import program
from course.recommendations.models import CRITERIA, Examination, Finding, Said

__all__ = ["CRITERIA", "Examination", "Finding", "Said", "examine", "program"]
