"""Word lists by id and language, made into patterns: translators edit YAML, nobody edits Python.

In a list `word*` stands for any ending, `a/b` for one word or the other. Patterns are matched
against plain text (small letters, no accents, one form of Arabic letters); the places found lead
back to the original.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from course.errors import CourseError
from course.files import DATA, read_quickly
from course.recommendations.plain import Plain, make_plain
from course.report.draft import Block, Draft
from course.report.languages import SUPPORTED

LETTERS = "a-z0-9\u0621-\u064a"
ARABIC = re.compile("[\u0621-\u064a]")
WORD = re.compile(f"[{LETTERS}]+")
BEGINNING = 4  # letters; most words of a list differ from most words of a text in these
NOTHING = re.compile("(?!)")
# What Arabic writes together with the next word: and, so, with, for, like, the.
GLUED = "[وف]?(?:لل|[بكل]?(?:ال)?)"


@dataclass(frozen=True, slots=True)
class Seen:
    """One place where a list was found: the block, the words as they stand there, their span."""

    block: Block
    words: str
    span: tuple[int, int]


@cache
def word_lists(language: str) -> Mapping[str, tuple[str, ...]]:
    """All lists of one language by id."""
    document = read_quickly(DATA / "report" / f"words.{language}.yml")
    return {str(name): tuple(map(str, phrases)) for name, phrases in document.items()}


class Pattern:
    """A pattern that is compiled when a text first needs it.

    A text without Arabic letters is read by `latin`, which leaves out the phrases that have some:
    they are half of the work, and cannot stand there. `begins` has the first letters of all that
    `latin` finds, None where they are not known: a text in which no word begins so is not searched.
    """

    def __init__(self, whole: str, latin: str, begins: frozenset[str] | None = None) -> None:
        self.pattern = whole
        self.latin = latin
        self.begins = begins

    def search(self, text: str) -> re.Match[str] | None:
        """The first place."""
        return self._for(text).search(text)

    def match(self, text: str) -> re.Match[str] | None:
        """What stands at the beginning."""
        return self._for(text).match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The whole text."""
        return self._for(text).fullmatch(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every place."""
        return self._for(text).finditer(text)

    def sub(self, made: Callable[[re.Match[str]], str], text: str) -> str:
        """The text with every place made anew."""
        return self._for(text).sub(made, text)

    def _for(self, text: str) -> re.Pattern[str]:
        if not text.isascii() and ARABIC.search(text):
            return self._in_all
        if self.begins is not None and self.begins.isdisjoint(_beginnings(text)):
            return NOTHING
        return self._in_latin

    @cached_property
    def _in_all(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    @cached_property
    def _in_latin(self) -> re.Pattern[str]:
        return re.compile(self.latin)


@cache
def pattern(name: str, *languages: str) -> Pattern:
    """The pattern of one list in these languages (all of ours where none is named), for plain text."""
    made, latin = {}, []
    for language in languages or SUPPORTED:
        lists = word_lists(language)
        if name not in lists:
            raise CourseError(f"words.{language}.yml has no list {name!r}; add it, empty if need be.")
        for phrase in lists[name]:
            simple = make_plain(phrase).text
            made[_phrase(simple, language)] = _is_arabic(simple)
            if not _is_arabic(simple):
                latin += map(_beginning, simple.split()[0].split("/"))
    longest = sorted(made, key=len, reverse=True)
    begins = None if None in latin else frozenset(latin)
    return Pattern(_any_of(longest), _any_of(one for one in longest if not made[one]), begins)


def compose(make: Callable[[Callable[[str], str]], str], needed: str | None = None) -> Pattern:
    """A longer pattern made of lists: `make` gets what names a list and gives its pattern as text.

    `needed` is the list of which a word must stand in whatever is found in a text in Latin letters.
    """
    begins = pattern(needed).begins if needed else None
    return Pattern(make(lambda name: pattern(name).pattern), make(lambda name: pattern(name).latin), begins)


@lru_cache(maxsize=4096)
def plain(text: str) -> Plain:
    """A text made plain; the same one is asked for by many checks."""
    return make_plain(text)


def find_words(draft: Draft, name: str, *languages: str) -> Iterator[Seen]:
    """Every place of the draft where a phrase of the list stands."""
    found = pattern(name, *languages)
    for block in draft.blocks:
        text = plain(block.text)
        for match in found.finditer(text.text):
            start, end = text.span(*match.span())
            yield Seen(block, block.text[start:end], (start, end))


@lru_cache(maxsize=8192)
def _beginnings(text: str) -> frozenset[str]:
    return frozenset(word[:BEGINNING] for word in WORD.findall(text))


def _beginning(word: str) -> str | None:
    """The first letters of every text in which a word of a list stands, None where they are too few."""
    run = WORD.match(word)
    if run is None or (len(run[0]) < BEGINNING and word[run.end() :].startswith("*")):
        return None
    return run[0][:BEGINNING]


def _any_of(phrases: Iterable[str]) -> str:
    return f"(?<![{LETTERS}])(?:{'|'.join(phrases) or '(?!)'})(?![{LETTERS}])"


def _is_arabic(phrase: str) -> bool:
    """Whether a phrase has a word that Arabic letters alone can write."""
    return any(all(map(ARABIC.search, token.split("/"))) for token in phrase.split())


def _phrase(phrase: str, language: str) -> str:
    tokens = []
    for token in phrase.split():
        words = "|".join(re.escape(word).replace(r"\*", f"[{LETTERS}]*") for word in token.split("/"))
        tokens.append(f"(?:{words})")
    glued = GLUED if language == "ar" else ""
    return " +".join(f"{glued}{token}" for token in tokens)
