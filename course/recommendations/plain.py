"""A text made plain for comparing: no accents, no marks, one form of letters, figures and spaces."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

# The same table is shipped to `assets/examine.js`.
SAME = {
    "œ": "oe",
    "æ": "ae",
    "ß": "ss",
    **dict.fromkeys("’‘ʼ`´", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("“”«»„", '"'),
    **dict.fromkeys("\u00a0\u202f\u2009\u2007\u3000\t\n\r", " "),
    "،": ",",
    "؛": ";",
    "؟": "?",
    "ى": "ي",
    "ی": "ي",
    "ک": "ك",
    "ة": "ه",
}
DROPPED = "\u0640\u200c\u200d\u200e\u200f\u061c\u2066\u2067\u2068\u2069\u202a\u202b\u202c\ufeff"
FIGURES = {chr(first + n): str(n) for first in (0x0660, 0x06F0) for n in range(10)}


class _Letters(dict[str, str]):
    """What each sign becomes, none, one or two letters; worked out when it is first met."""

    def __missing__(self, sign: str) -> str:
        made = ""
        for part in unicodedata.normalize("NFD", sign):
            if unicodedata.category(part) != "Mn" and part not in DROPPED:
                made += FIGURES.get(part) or SAME.get(part.lower(), part.lower())
        self[sign] = made
        return made


LETTERS = _Letters()


@dataclass(frozen=True)
class Plain:
    """The plain text, and for each of its characters the place it had in the original."""

    text: str
    places: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters from `start` up to `end` stand in the original."""
        return (self.places[start], self.places[end - 1] + 1) if end > start else (0, 0)


def make_plain(original: str) -> Plain:
    """The text in small letters without accents, Arabic vowels or tatweel; ٣ as 3, أ as ا, ة as ه."""
    letters = list(map(LETTERS.__getitem__, original))
    text = "".join(letters)
    if len(text) == len(original) and "" not in letters:  # each sign became one letter
        return Plain(text, range(len(text)))
    return Plain(text, tuple(place for place, made in enumerate(letters) for _ in made))
