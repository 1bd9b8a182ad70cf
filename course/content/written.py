"""When two short texts are the same answer: what a keyboard does by itself makes no difference."""

from __future__ import annotations

import unicodedata

TATWEEL = "\u0640"
# Letters and signs that keyboards give in several shapes; the others are joined by NFKD below.
ONE_SHAPE = str.maketrans(
    {
        "\u0671": "\u0627",  # alef wasla: alef
        "\u0649": "\u064a",  # alef maksura: ya
        "\u06cc": "\u064a",  # Farsi ya: ya
        "\u06a9": "\u0643",  # keheh: kaf
        "\u2212": "-",  # minus
        "\u2018": "'",
        "\u2019": "'",
        "\u02bc": "'",
        **{chr(0x0660 + digit): str(digit) for digit in range(10)},
        **{chr(0x06F0 + digit): str(digit) for digit in range(10)},
    }
)
DROPPED = ("Mn", "Cf", "Cc")  # accents and tashkeel, marks of direction, controls


def normalise(text: str) -> str:
    """The text without case, spaces, accents, tashkeel, tatweel and outer punctuation.

    NFKD takes hamza and madda off their alef, waw and ya; then marks and every kind of space
    go, each kind of dash becomes `-`, and what is punctuation at either end is cut. Empty where
    nothing is left. `assets/score.js` does the same in the same order.
    """
    signs = []
    for sign in unicodedata.normalize("NFKD", text).lower().translate(ONE_SHAPE):
        category = unicodedata.category(sign)
        if sign == TATWEEL or category in DROPPED or category.startswith("Z"):
            continue
        signs.append("-" if category == "Pd" else sign)
    start, end = 0, len(signs)
    while start < end and unicodedata.category(signs[start]).startswith("P"):
        start += 1
    while start < end and unicodedata.category(signs[end - 1]).startswith("P"):
        end -= 1
    return "".join(signs[start:end])
