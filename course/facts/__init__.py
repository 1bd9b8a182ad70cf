"""The facts that lessons, quizzes and plans render from, each with source, date and confidence."""

from course.facts.countries import Country, country, country_codes, documents
from course.facts.models import Body, Confidence, Rule, Term, Value
from course.facts.reading import all_rules, bodies, body, glossary, mechanisms, rule, rules
from course.facts.symbols import Symbol, parse_symbol
from course.facts.treaties import Citation, Treaty, cite_article, treaties, treaty
from course.facts.values import STALE_DAYS, all_facts, compare_days, compare_files, rule_facts, stale

__all__ = [
    "STALE_DAYS",
    "Body",
    "Citation",
    "Confidence",
    "Country",
    "Rule",
    "Symbol",
    "Term",
    "Treaty",
    "Value",
    "all_facts",
    "all_rules",
    "bodies",
    "body",
    "cite_article",
    "compare_days",
    "compare_files",
    "country",
    "country_codes",
    "documents",
    "glossary",
    "mechanisms",
    "parse_symbol",
    "rule",
    "rule_facts",
    "rules",
    "stale",
    "treaties",
    "treaty",
]
