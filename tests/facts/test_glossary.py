"""The glossary: enough terms, each in three languages with its source."""

from __future__ import annotations

from course.facts import glossary
from course.texts import LANGUAGES


def test_there_are_at_least_140_terms_in_three_languages():
    """None empty, and no Arabic term in Latin letters alone."""
    terms = glossary().values()
    assert len(terms) >= 140
    for term in terms:
        assert all(term.term(language) and term.definition(language) for language in LANGUAGES), term.id
        assert any("\u0600" <= letter <= "\u06ff" for letter in term.term("ar")), term.id


def test_two_terms_are_never_the_same():
    """A term that stands twice would be explained in two ways."""
    terms = [term.term("en").casefold() for term in glossary().values()]
    assert len(terms) == len(set(terms))
