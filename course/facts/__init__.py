"""The facts that lessons, quizzes and plans render from, each with source, date and confidence."""

from course.facts.models import Body, Confidence, Rule
from course.facts.reading import all_rules, bodies, body, rule, rules

__all__ = ["Body", "Confidence", "Rule", "all_rules", "bodies", "body", "rule", "rules"]
