"""Names of people, by lists of given names and by the words that stand before a name.

Latin script helps with its capitals, Arabic script with its titles only: there a name that is in no
list and follows no title is not found, and many names are words as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from course.report.words import Pattern, compose, pattern, plain, word_lists

INITIAL = r"[A-ZÀ-Þ]\.(?!\w)"
TITLE = r"(?:Mr|Mrs|Ms|Dr|Pr|Prof|Mme|Mlle|Me|M|St)\."
WORD = rf"(?:{TITLE}|{INITIAL}|[A-ZÀ-ÖØ-Þ][\w’']*)"
PARTICLE = r"(?:(?:el|al|ben|bin|bint|ibn|de|van|von|da|dos|ait|aït|ould|abou|d['’])[ -]?)"
RUN = re.compile(rf"(?<![\w@./])(?:{WORD})(?:(?:[ \u00a0]|-)(?:{PARTICLE})?(?:{WORD}))*")
LATIN_TOKEN = re.compile(rf"{INITIAL}|{TITLE}|[^\s\u00a0-]+")
ROMAN = re.compile(r"[IVX]{1,4}")
ARABIC_TOKEN = re.compile("[\u0621-\u064a]+")
ARABIC = re.compile("[\u0621-\u064a]")
GLUE = re.compile("^[وفبلك](?=[\u0621-\u064a]{3})")
AND = "و"
ON = "على"  # made plain it is the name Ali
BEFORE = 40  # characters that are looked at before a name


def find_names(text: str) -> Iterator[tuple[int, int]]:
    """Where names of people stand, in the order of the text."""
    yield from _latin_names(text)
    if ARABIC.search(text):
        yield from _arabic_names(text)


@cache
def _words(*names: str) -> frozenset[str]:
    """The single words of these lists in all languages, plain; `a/b` stands for both."""
    return frozenset(
        word
        for language in ("en", "fr", "ar")
        for name in names
        for phrase in word_lists(language)[name]
        for word in plain(phrase).text.split("/")
    )


# Latin script -------------------------------------------------------------------------------------


def _latin_names(text: str) -> Iterator[tuple[int, int]]:
    for run in RUN.finditer(text):
        tokens = [(m.group(), run.start() + m.start()) for m in LATIN_TOKEN.finditer(run.group())]
        first = _first_of_a_name(text, run, tokens)
        if first is not None:
            end = run.end()
            if text[end - 1] == "." and not re.fullmatch(INITIAL, tokens[-1][0]):
                end -= 1
            yield tokens[first][1], end


def _first_of_a_name(text: str, run: re.Match[str], tokens: list[tuple[str, int]]) -> int | None:
    """The number of the word with which a name begins in a run of capitalised words, None without one."""
    words = [plain(word).text.rstrip(".") for word, _ in tokens]
    before = plain(text[max(0, run.start() - BEFORE) : run.start()]).text
    places, titles = _words("place-leads"), _words("honorifics")
    for number, word in enumerate(words[:-1]):
        if word in titles and words[number + 1] not in _words("not-names"):
            return number + 1
    if places & set(words) or any(ROMAN.fullmatch(word) for word, _ in tokens[1:]):
        return None
    last = before.split()[-1:] or [""]
    if re.sub("^[ld]'", "", last[0]) in places or (
        last[0] in ("de", "du", "of") and set(before.split()[-2:-1]) & places
    ):
        return None
    listed, doubtful = _words("given-names", "family-names"), _words("given-names-also-words")
    for number, word in enumerate(words):
        if word in listed or (word in doubtful and number + 1 < len(words)):
            start = number
            while start and words[start - 1] not in _roles() | _words("not-names"):
                start -= 1
            return start
    return _by_its_surroundings(text, run, words, before)


def _by_its_surroundings(text: str, run: re.Match[str], words: list[str], before: str) -> int | None:
    stopped = _words("not-names", "many-persons")
    if words[0] in _roles() and len(words) > 1 and not stopped & set(words):
        return 1
    if stopped & set(words) or (len(words) == 1 and run.group().isupper()) or words[0] in _roles():
        return None
    if _lead().search(before):
        return 0
    after = plain(text[run.end() : run.end() + BEFORE]).text
    if len(words) > 1 and pattern("speech").match(after.lstrip()):
        return 0
    return None


@cache
def _roles() -> frozenset[str]:
    return _words("one-person")


@cache
def _lead() -> Pattern:
    """What stands right before a name: "whose name is", "the mother,", "the mother of", "a girl called"."""
    return compose(
        lambda words: (
            rf"(?:{words('name-leads')}[:,]? (?:is |est )?(?:de |d')?"
            rf"|{words('honorifics')}\.? "
            rf"|{words('one-person')},? (?:(?:who is |qui est )?{words('named')} )?"
            rf"|{words('kin-roles')} (?:of |de |d'))$"
        )
    )


# Arabic script ------------------------------------------------------------------------------------


def _arabic_names(text: str) -> Iterator[tuple[int, int]]:
    simple = plain(text)
    tokens = [(m.group(), m.start(), m.end()) for m in ARABIC_TOKEN.finditer(simple.text)]
    titled = {match.end() for match in _arabic_lead().finditer(simple.text)}
    firsts = _firsts()
    number = 0
    while number < len(tokens):
        word, start, _ = tokens[number]
        possible = start in titled or word in firsts or GLUE.sub("", word) in firsts
        size = _size_of_a_name(tokens, number, start in titled) if possible else 0
        word, start, end = tokens[number]
        if size and not text[slice(*simple.span(start, end))].endswith(ON):
            yield simple.span(start + _glued(word, start in titled), tokens[number + size - 1][2])
        number += size or 1


def _glued(word: str, titled: bool) -> int:
    """How many letters before a name do not belong to it. After a title only the "and" of a second person."""
    if word in _firsts() or (titled and not (word.startswith(AND) and word[1:] in _firsts())):
        return 0
    return int(bool(GLUE.match(word)))


def _size_of_a_name(tokens: list[tuple[str, int, int]], number: int, titled: bool) -> int:
    """How many words from here on are a name; 0 for none."""
    words = [word for word, _, _ in tokens[number : number + 6]]
    before = [word for word, _, _ in tokens[max(0, number - 3) : number]]
    place = before[-1:] and (before[-1] in _words("place-leads") or before[-1][1:] in _words("place-leads"))
    size = _listed(words)
    if not size:
        unlisted = words[0] not in _words("not-names") and len(words[0]) > 2 and not _is_common(words[0])
        return (1 + _more(words[1:])) if titled and unlisted else 0
    after = words[size : size + 1]
    if place or (after and after[0] in _words("ordinals")):
        return 0
    more = _more(words[size:])
    also_a_word = size == 1 and _bare(words[0]) not in _words("given-names", "family-names")
    return 0 if also_a_word and not (titled or more) else size + more


def _is_common(word: str) -> bool:
    """Whether a word after a title is rather an office than a name: the minister, the judge."""
    return word.startswith("ال") and not word.endswith("ي")


def _bare(word: str) -> str:
    return word if word in _firsts() else GLUE.sub("", word)


@cache
def _firsts() -> frozenset[str]:
    names = _words("given-names", "given-names-also-words", "family-names")
    return frozenset(name.split()[0] for name in names)


def _listed(words: list[str]) -> int:
    names = _words("given-names", "given-names-also-words", "family-names")
    start = _bare(words[0])
    for size in (2, 1):
        if len(words) >= size and " ".join([start, *words[1:size]]) in names:
            return size
    return 0


def _more(words: list[str]) -> int:
    """How many of the words that follow belong to the name: bin X, Ait X, X-i, another name of the list."""
    parts, names = _words("surname-parts"), _words("given-names", "given-names-also-words", "family-names")
    count = 0
    while count < len(words):
        word = words[count]
        if word in parts and count + 1 < len(words):
            count += 2
        elif word in names or (word.startswith("ال") and word.endswith("ي") and len(word) > 4):
            count += 1 if word not in _words("not-names") else 0
            if word in _words("not-names"):
                break
        else:
            break
    return min(count, len(words))


@cache
def _arabic_lead() -> re.Pattern[str]:
    leads = (pattern(name, "ar").pattern for name in ("honorifics", "name-leads"))
    return re.compile(rf"(?:{'|'.join(leads)})[ :,]{{1,2}}")
