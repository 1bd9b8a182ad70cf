"""What gives a person away in a text: addresses, numbers, birth days, names, places, pictures.

No offline recogniser of names for French or Arabic exists, so names are found by lists and by the
words around them. What is found here is certain only where its form is (an e-mail address); what is
not found may still be there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from course.recommendations.plain import Plain, make_plain
from course.report.names import find_names
from course.report.sentences import SENTENCE
from course.report.words import GLUED, LETTERS, Pattern, compose, pattern, plain, word_lists

EMAIL, PHONE, NUMBER, AGE = "PII001", "PII002", "PII003", "PII004"
NAME, PLACE, PICTURE = "PII005", "PII006", "PII007"

ADDRESS = re.compile(
    r"(?<![\w.+-])[\w.+-]+ ?(?:@|\(at\)|\[at\]|\(arobase\)) ?[^\W_][\w-]*(?:\.[^\W_][\w-]*)+"
)
DIGITS = re.compile(r"\d(?:[\s./()-]{0,3}\d){7}")
GROUPED = re.compile(
    r"(?<![\w/.,+-])0\d(?:[ .-]?\d\d){4}(?![\w/-])|(?<![\w/.,-])(?:\+|00) ?\d[\d ().-]{7,18}\d"
)
LINK = re.compile(
    r"(?:https?://)?(?<![\w@])(?:[\w-]+\.)?(?:facebook|fb|instagram|tiktok|twitter|x|t|wa|youtube|linkedin"
    r"|snapchat|threads|telegram)\.(?:com|me)/[\w@./?=&%+-]*[\w/]",
    re.IGNORECASE,
)
HANDLE = re.compile(r"(?<![\w.@+/-])@[A-Za-z][\w.]{2,}")
NATIONAL = re.compile(r"(?<![\w/.-])[A-Z]{1,2} ?\d{6}(?![\w/])")
MONEY = ("DH", "FR")
VALUE = r"(?:[a-z]{1,3}[ -]?)?\d(?:[ /.-]?\d){3,17}[a-z]?(?![a-z0-9])"
NUMBER_SIGN = "#"
FIGURE = re.compile(rf"[\d{NUMBER_SIGN}]")
YEAR = re.compile(r"(?:19|20)\d\d")
DATE = (
    rf"(?:\d{{1,2}}(?:er|st|nd|rd|th)?[ /.-](?:\d{{1,2}}|[{LETTERS}]+)[ /.-]\d{{2,4}}"
    rf"|(?:[{LETTERS}]+ (?:\d{{1,2}},? )?)?(?:19|20)\d\d)"
)
CAPITALS = r"(?:[A-ZÀ-Þ][\w’'-]*)"
SMALL = r"(?:(?:de|du|des|la|le|les|el|al|ibn|ben|of|the) |l['’]|d['’])*"

Words = Callable[[str], str]  # a list's name to its pattern


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """One place in a text, and the code of what it gives away."""

    start: int
    end: int
    code: str


@lru_cache(maxsize=4096)
def find_marks(text: str) -> tuple[Mark, ...]:
    """All marks of a text in its order; two of one code never overlap."""
    found: list[Mark] = []
    for code, find in FINDERS:
        for start, end in find(text):
            taken = any(
                one.start < end and start < one.end and (one.code == code or {one.code, code} <= EXACT)
                for one in found
            )
            if not taken:
                found.append(Mark(start, end, code))
    return tuple(sorted(found))


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in ADDRESS.finditer(text))


def _links(text: str) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in LINK.finditer(text))
    yield from (match.span() for match in HANDLE.finditer(text))


def _phones(text: str) -> Iterator[tuple[int, int]]:
    """Valid numbers of Morocco, international ones of a possible length, and what is called a number."""
    if not DIGITS.search(text):
        return
    # The library is loaded only where a text has enough figures for a number.
    from phonenumbers import Leniency, PhoneNumberMatcher  # noqa: PLC0415

    for match in PhoneNumberMatcher(text, "MA", leniency=Leniency.VALID):
        if not _is_part_of_a_symbol(text, match.start):
            yield match.start, match.end
    simple = plain(text)
    for match in GROUPED.finditer(text):
        before = simple.text[: _place_in(simple, match.start())][-30:]
        if match.group().startswith(("+", "00")) or pattern("phone-words").search(before):
            yield match.span()


def _numbers(text: str) -> Iterator[tuple[int, int]]:
    """Cards, passports, files of courts: a word that says so and a number, or the form of a Moroccan card."""
    simple = plain(text)
    if not FIGURE.search(simple.text):
        return
    for match in _identity().finditer(simple.text):
        if not YEAR.fullmatch(match.group(1)):
            yield simple.span(*match.span(1))
    for match in NATIONAL.finditer(text):
        if not match.group().startswith(MONEY):
            yield match.span()


def _ages(text: str) -> Iterator[tuple[int, int]]:
    """Birth days, and ages of one person; not those of a group, nor limits of a law."""
    simple = plain(text)
    # Numbers in words become signs of the same length: one short pattern then reads both.
    counted = pattern("number-words").sub(lambda match: NUMBER_SIGN * len(match.group()), simple.text)
    if not FIGURE.search(counted):
        return
    roles = pattern("one-person")
    for phrases in (_templates("ages", "births"), _after_a_person()):
        for match in phrases.finditer(counted):
            if match.re.groups and not roles.fullmatch(match.group(1)):
                continue
            after = counted[match.end() :].lstrip(" ,")
            if not _many(counted, match) and not _templates("not-one-age").match(after):
                yield simple.span(*match.span())


def _many(text: str, match: re.Match[str]) -> bool:
    """Whether the words just before, or the one just after, speak of several people."""
    before = " ".join(text[: match.start()].split()[-3:])
    after = " ".join(text[match.end() :].split()[:1])
    crowd = pattern("many-persons")
    return bool(crowd.search(re.split(r"[.;:]", before)[-1]) or crowd.search(after))


def _places(text: str) -> Iterator[tuple[int, int]]:
    """A house or a flat with its number; a village, a school or class, and one person in it."""
    simple = plain(text)
    if FIGURE.search(simple.text):
        yield from (match.span() for match in _latin_streets().finditer(text))
        yield from (simple.span(*match.span()) for match in _homes().finditer(simple.text))
    if not pattern("villages").search(simple.text):
        return
    start = 0
    for gap in [*(m.span() for m in SENTENCE.finditer(text)), (len(text), len(text))]:
        yield from _villages(text[start : gap[0]], start)
        start = gap[1]


def _villages(sentence: str, offset: int) -> Iterator[tuple[int, int]]:
    simple = plain(sentence)
    village = pattern("villages").search(simple.text)
    school = pattern("schools").search(simple.text)
    if village and school and pattern("only-ones").search(simple.text):
        start = min(village.start(), school.start())
        end = max(village.end(), school.end())
        following = re.compile(rf"[^{LETTERS}]+[{LETTERS}]+").match(simple.text, end)
        first, last = simple.span(start, following.end() if following else end)
        yield offset + first, offset + last


def _pictures(text: str) -> Iterator[tuple[int, int]]:
    """A picture of one person."""
    simple = plain(text)
    for match in _photos().finditer(simple.text):
        yield simple.span(*match.span())


FINDERS: tuple[tuple[str, Callable[[str], Iterator[tuple[int, int]]]], ...] = (
    (EMAIL, _addresses),
    (PICTURE, _links),
    (NUMBER, _numbers),
    (PHONE, _phones),
    (AGE, _ages),
    (NAME, find_names),
    (PLACE, _places),
    (PICTURE, _pictures),
)
EXACT = {EMAIL, PICTURE, NUMBER, PHONE}  # of these one place is only one


def _is_part_of_a_symbol(text: str, start: int) -> bool:
    return start > 0 and text[start - 1] in "/-.,_"


def _place_in(simple: Plain, original: int) -> int:
    """The first place of the plain text that stands at or after a place of the original."""
    low, high = 0, len(simple.places)
    while low < high:
        middle = (low + high) // 2
        if simple.places[middle] < original:
            low = middle + 1
        else:
            high = middle
    return low


# The patterns, made once from the word lists ------------------------------------------------------


@cache
def _identity() -> Pattern:
    def make(words: Words) -> str:
        sign = rf"(?:[^{LETTERS}]{{0,3}}{words('number-signs')}|[^{LETTERS}]{{1,3}}){{0,4}}"
        return rf"{words('id-words')}{sign}[ :.,]{{0,2}}(?<![a-z0-9])({VALUE})"

    return compose(make, needed="id-words")


@cache
def _after_a_person() -> Pattern:
    """A word, and an age right after it: whether the word is a person, the caller asks."""
    ages, word = _templates("ages-after-a-person"), rf"(?<![{LETTERS}-])([{LETTERS}-]+) "
    return Pattern(word + ages.pattern, word + ages.latin)


@cache
def _templates(*names: str) -> Pattern:
    """Phrases with places: `#` a number, `@` a date, `~` one to three words."""
    number = rf"(?<![\d.,/])(?:\d{{1,3}}(?!\d)|{NUMBER_SIGN}+)"
    filled = {"#": number, "@": DATE, "~": rf"[{LETTERS}]+(?: [{LETTERS}]+){{0,2}}"}
    phrases: dict[str, bool] = {}  # whether each is Arabic
    for language in ("en", "fr", "ar"):
        for phrase in (phrase for name in names for phrase in word_lists(language)[name]):
            words = []
            for word in make_plain(phrase).text.split():
                glued = GLUED if language == "ar" and word[0] not in "#@~(,." else ""
                words.append(
                    glued + "|".join(_filled(part, filled) for part in word.split("/")).join(("(?:", ")"))
                )
            made = r"[\s,]{1,2}".join(words) if words[0] != "(?:,)" else " ?".join(words)
            phrases[made] = language == "ar"
    longest = sorted(phrases, key=len, reverse=True)
    latin = (phrase for phrase in longest if not phrases[phrase])
    return Pattern(_after_no_letter(longest), _after_no_letter(latin))


def _after_no_letter(phrases: Iterable[str]) -> str:
    whole, apart = [], []  # a phrase that begins with a comma follows a word
    for phrase in phrases:
        (apart if phrase.startswith("(?:,)") else whole).append(phrase)
    words = rf"(?<![a-z0-9])(?<![\u0621-\u064a])(?:{'|'.join(whole) or '(?!)'})"
    return rf"(?:{'|'.join([words, *apart])})(?![{LETTERS}])"


def _filled(word: str, filled: dict[str, str]) -> str:
    if word in filled:
        return filled[word]
    return "".join(filled.get(sign, re.escape(sign)) for sign in word)


@cache
def _latin_streets() -> re.Pattern[str]:
    after = "|".join(word_lists("en")["streets-after"])
    before = "|".join({*word_lists("fr")["streets"], *word_lists("en")["streets"]})
    house = r"(?<![\w/.,])\d{1,4}(?: ?(?:bis|ter))?,? "
    return re.compile(
        rf"{house}(?:{CAPITALS} ){{1,4}}(?i:{after})\b"
        rf"|{house}(?i:{before})\.? {SMALL}{CAPITALS}(?: {CAPITALS}){{0,3}}"
    )


@cache
def _homes() -> Pattern:
    sign = r"(?:(?:no|n|nº|number|numero|رقم)\W{0,2})"
    end = r"(?=\s*(?:[,.;:)\n،]|$))"
    name = rf"(?: [{LETTERS}']+){{0,3}},? ?"

    def make(words: Words) -> str:
        street = words("streets")
        return (
            rf"{words('homes')} {sign}?\d{{1,4}}(?![\d{LETTERS}])"
            rf"|{street}{name}{sign}\d{{1,4}}|{street} \d{{1,4}}{end}"
            rf"|{sign}\d{{1,4}}[, ]{{1,2}}{street}(?: [{LETTERS}]+)?"
            rf"|(?<![\d/.,])\d{{1,4}} {street} [\u0621-\u064a]+"
        )

    return compose(make)


@cache
def _photos() -> Pattern:
    def make(words: Words) -> str:
        person = words("one-person")
        return rf"{words('photos')}(?: [{LETTERS}']+){{0,2}} {person}|صوره? {person}"

    return compose(make, needed="photos")
