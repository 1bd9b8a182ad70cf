"""The word lists of one language, compiled to patterns that Python's `re` and JavaScript both read.

Patterns are matched against plain text (`plain.py`). They hold no lookbehind, no `\\b`, no `\\w`:
these mean other things in JavaScript, or nothing in an older browser. In each pattern of a list
the first group is what was seen, and the match ends where that group ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from course.errors import ContentError, CourseError, Problem
from course.facts import bodies, treaties
from course.facts.symbols import FAMILIES
from course.files import DATA, read_quickly
from course.recommendations.criteria import CASES
from course.recommendations.models import OF_QUESTIONS, QUESTION_STAGES
from course.recommendations.plain import DROPPED, FIGURES, SAME, make_plain
from course.texts import LANGUAGES

LETTERS = "a-z0-9\u0621-\u064a"
BEFORE, AFTER = f"(?:^|[^{LETTERS}])", f"(?![{LETTERS}])"
SIGNS = r"[,;:)\-.•]"  # after one of these a verb stands where one is told what to do
PREFIX = "~"  # stands in the patterns for what may be glued before a word, since it stands there often
PLACES = re.compile(r"\{(!?)([^{}]*)\}")
VERB_LISTS = ("firm", "soft", "vague")
WORD_LISTS = (
    *("modal", "state-party", "state", "office", "vague-office", "committee-asked", "passive", "concrete"),
    *("vague-thing", "clear-time", "at-once", "vague-time", "comment", "hedge"),
)
OTHERS = ("prefixes", "months", "numbers", "leads", "joins", "fillers", "asks", "article", "article-joins")
REQUIRED = {*VERB_LISTS, *WORD_LISTS, *OTHERS, "of-words", "generic", "treaties", "treaty-words", "national"}
MAY_LACK = {"glued"}


@cache
def program(language: str) -> Mapping[str, Any]:
    """All that an engine needs for one language, as plain JSON data.

    `lists` {name: pattern}; `prefix` what stands for each `~` in a pattern; `cases` the table of
    `criteria.py`; `basis` the patterns and tables by which a treaty, an article and a symbol are
    known; `plain` the table of characters. Raises CourseError for a language that the course does
    not have, ContentError for a faulty file.
    """
    if language not in LANGUAGES:
        raise CourseError(f"the course has no language {language!r}; it has {', '.join(LANGUAGES)}.")
    words = Words(language)
    return MappingProxyType(
        {
            "lang": language,
            "criteria": list(CASES),
            "cases": CASES,
            "ofQuestions": list(OF_QUESTIONS),
            "questionStages": list(QUESTION_STAGES),
            "prefix": words.prefix,
            "lists": words.lists(),
            "basis": words.basis(),
            "plain": {"same": SAME | FIGURES, "dropped": DROPPED},
        }
    )


@cache
def compiled(language: str, pattern: str) -> re.Pattern[str]:
    """A pattern of a program, with what may be glued before its words."""
    return re.compile(pattern.replace(PREFIX, program(language)["prefix"]))


class Words:
    """One file `recommendations.LANGUAGE.yml`, and how its notation becomes patterns."""

    def __init__(self, language: str) -> None:
        self.path = DATA / f"recommendations.{language}.yml"
        self.raw = read_quickly(self.path)
        missing, unknown = REQUIRED - set(self.raw), set(self.raw) - REQUIRED - MAY_LACK
        problems = [self._problem(name, "is missing", "Add it, empty if need be.") for name in missing]
        problems += [self._problem(name, "is no list of ours", "Correct its name.") for name in unknown]
        if problems:
            raise ContentError(sorted(problems))
        self.language = language
        glued = _any_of(_literal(_plain(one)) for one in _longest(self.raw["prefixes"]))
        self.prefix = f"(?:{glued})?" if glued else ""
        self.strips = "ال" in self.raw["prefixes"]

    def lists(self) -> dict[str, str]:
        """The pattern of each list that a case of the table may name."""
        found = {name: self._anywhere(self.raw[name]) for name in WORD_LISTS}
        found["mark"] = r"(\?)"
        found["asks"] = rf"^[^{LETTERS}]*({self._phrases(self.raw['asks'])}){AFTER}"
        verbs = {name: self._verbs(self.raw[name]) for name in VERB_LISTS}
        found |= {name: self._main(self.raw[name]) for name in VERB_LISTS}
        every = _any_of(verbs.values())
        found["bare"] = rf"^[^{LETTERS}]*({every}){AFTER}"
        found["steps"] = self._steps(every)
        return found

    def basis(self) -> dict[str, Any]:
        """Patterns of treaties, articles and symbols, with the last article of each treaty."""
        joins = _any_of([*(self._token(_plain(one)) for one in self.raw["article-joins"] if one), ",", "-"])
        of = self._phrases(self.raw["of-words"])
        number = rf"[0-9]+(?: ?\(?[{LETTERS}]{{1,4}}\))*"
        articles = _any_of(_literal(_plain(one)) for one in _longest(self.raw["article"]))
        return {
            "article": rf"{BEFORE}((?:{articles}) *{number}(?: *(?:{joins}) *{number})*){AFTER}",
            "of": rf"^[ ,]*(?:{of})? *$",
            "apart": "^[ ,;:(\"']*$",
            "national": rf"^[ ,]*(?:{of})? *(?:{self._phrases(self.raw['national'])}){AFTER}",
            "generic": self._anywhere(self.raw["generic"]),
            "treaties": self._treaties(),
            "last": {
                code: known.last_article.number for code, known in treaties().items() if _decides(known)
            },
            "ofBody": {code: known.treaty for code, known in bodies().items()},
            "candidate": r"[A-Z][A-Za-z0-9.]*(?:/[A-Za-z0-9.\-]+)+",
            "symbols": [re.sub(r"\(\?P<\w+>", "(?:", pattern) for pattern, _ in FAMILIES],
        }

    def _treaties(self) -> list[list[str]]:
        """[code, pattern] of each treaty, by its titles and by the names in the file."""
        unknown = set(self.raw["treaties"]) - set(treaties())
        if unknown:
            raise ContentError(
                [self._problem(f"treaties {min(unknown)}", "is no treaty", "Correct its code.")]
            )
        before = "".join(f"(?:{self._phrase(one)} +)?" for one in self.raw["treaty-words"])
        found = []
        for code, known in treaties().items():
            names = [str(known.title(self.language)), code, *self.raw["treaties"].get(code, ())]
            found.append([code, rf"{BEFORE}({before}(?:{self._phrases(_longest(names))})){AFTER}"])
        return found

    def _anywhere(self, phrases: Iterable[str]) -> str:
        return rf"{BEFORE}({self._phrases(phrases)}){AFTER}"

    def _main(self, verbs: Mapping[str, Iterable[str]]) -> str:
        """Verbs that are demanded: `anywhere` wherever they stand, `verbs` after a lead or a sign."""
        parts = [rf"{BEFORE}({self._phrases(verbs['anywhere'])}){AFTER}"] if verbs["anywhere"] else []
        if verbs["verbs"]:
            parts.append(rf"{self._lead()}({self._phrases(verbs['verbs'])}){AFTER}")
        return _any_of(parts)

    def _lead(self) -> str:
        leads = self._phrases(self.raw["leads"])
        fillers = self._phrases(self.raw["fillers"])
        filled = rf"(?:(?:{fillers}) +)*" if self.raw["fillers"] else ""
        return rf"(?:^[^{LETTERS}]*|{BEFORE}(?:{leads}) *|{SIGNS} *){filled}"

    def _steps(self, verbs: str) -> str:
        """A verb that is joined to another: the second and third thing that is demanded."""
        fillers = self._phrases(self.raw["fillers"])
        filled = rf"(?:(?:{fillers}) +)*" if self.raw["fillers"] else ""
        glued = _any_of(map(_literal, map(_plain, self.raw.get("glued", ()))))
        before = f"(?={glued})" if glued else f"(?:{self._phrases(self.raw['joins'])}) *"
        joined = rf"(?:{BEFORE}{before}|{SIGNS} *)"
        return rf"{joined}{filled}({verbs}){AFTER}"

    def _verbs(self, verbs: Mapping[str, Iterable[str]]) -> str:
        return self._phrases([*verbs["anywhere"], *verbs["verbs"]])

    def _phrases(self, phrases: Iterable[str]) -> str:
        every = (one for entry in phrases for one in str(entry).split(" | "))
        return _any_of(map(self._phrase, every)) or "(?!)"

    def _phrase(self, phrase: str) -> str:
        """Words one after another. {gap} brings its own spaces; {!word} looks ahead."""
        pattern = ""
        for token in _plain(phrase).split(" "):
            place = PLACES.fullmatch(token)
            space = " +" if pattern and not pattern.endswith(" +") and not pattern.endswith(",4}") else ""
            if place and place[1]:
                pattern += rf"(?! +{self._token(place[2])}{AFTER})"
            elif place and place[2] == "gap":
                pattern += rf"{space}(?:[^ .;?!]+ +){{0,4}}"
            else:
                pattern += space + self._token(token)
        return pattern

    def _token(self, token: str) -> str:
        """One word, its alternatives and endings, with what may stand glued before it."""
        parts = []
        for word in token.split("/"):
            plain = word[2:] if self.strips and word.startswith("ال") and len(word) > 5 else word
            pattern = "".join(self._piece(piece) for piece in re.split(r"(\{[a-z]+\}|\*)", plain))
            parts.append(pattern)
        found = _any_of(parts)
        return f"{PREFIX}{found}" if self.prefix and not token.isascii() else found

    def _piece(self, piece: str) -> str:
        match piece:
            case "*":
                return f"[{LETTERS}]*"
            case "{n}":
                return "[0-9]+"
            case "{year}":
                return "20(?:2[6-9]|[3-9][0-9])"
            case "{month}":
                return _any_of(_literal(_plain(one)) for one in _longest(self.raw["months"]))
            case "{number}":
                numbers = _any_of(_literal(_plain(one)) for one in _longest(self.raw["numbers"]))
                return f"(?:[0-9]+|{numbers})"
        return _literal(piece)

    def _problem(self, name: str, problem: str, remedy: str) -> Problem:
        return Problem(f"course/data/{self.path.name}", None, name, f"this list {problem}.", remedy)


def _plain(words: object) -> str:
    return make_plain(str(words)).text


def _literal(words: str) -> str:
    """Only the signs of the syntax are escaped: JavaScript refuses any other escape."""
    return re.sub(r"([\\^$.*+?()\[\]{}|/])", r"\\\1", words)


def _any_of(patterns: Iterable[str]) -> str:
    parts = list(dict.fromkeys(pattern for pattern in patterns if pattern))
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})" if parts else ""


def _longest(words: Iterable[object]) -> list[str]:
    return sorted(map(str, words), key=len, reverse=True)


def _decides(known: Any) -> bool:
    return known.last_article.decides and known.last_article.number is not None
