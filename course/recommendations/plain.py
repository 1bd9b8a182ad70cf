"""A text made plain for comparing: no accents, no marks, one form of letters, figures and spaces."""

from __future__ import annotations

import unicodedata
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


@dataclass(frozen=True)
class Plain:
    """The plain text, and for each of its characters the place it had in the original."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters from `start` up to `end` stand in the original."""
        return (self.places[start], self.places[end - 1] + 1) if end > start else (0, 0)


def make_plain(original: str) -> Plain:
    """The text in small letters without accents, Arabic vowels or tatweel; ٣ as 3, أ as ا, ة as ه."""
    letters: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(original):
        for part in unicodedata.normalize("NFD", sign):
            if unicodedata.category(part) == "Mn" or part in DROPPED:
                continue
            for small in FIGURES.get(part) or SAME.get(part.lower(), part.lower()):
                letters.append(small)
                places.append(place)
    return Plain("".join(letters), tuple(places))
