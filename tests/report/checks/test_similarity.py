"""SIM: text shared with a model or another member's draft, in any script; the language of the UN is free."""

from __future__ import annotations

import pytest

from tests.report.drafts import draft, found

OWN = {
    "en": (
        "Last winter the bus to the valley stopped, and the girls of nine villages had to walk "
        "two hours through the snow; after a month most of them stayed at home, as their teachers told us."
    ),
    "fr": (
        "L'hiver dernier, le car de la vallée s'est arrêté et les filles de neuf villages ont dû marcher "
        "deux heures dans la neige ; après un mois, la plupart sont restées à la maison, dit-on au village."
    ),
    "ar": (
        "في شتاء السنة الماضية توقفت حافلة الوادي واضطرت فتيات تسع قرى إلى المشي ساعتين في الثلج، وبعد شهر "
        "بقيت أغلبهن في البيت كما قال معلموهن للشبكة التي زارت هذه القرى كلها في الربيع."
    ),
}
OTHER = (
    "Domestic workers of two towns were paid late for half a year, since no inspector may enter a private "
    "home without a judge, and no judge was asked by anybody in all of that time, as the register shows."
)
FORMULA = "In accordance with article 24 of the Convention on the Rights of the Child the State party should"


@pytest.mark.parametrize("language", OWN)
def test_a_paragraph_of_another_text_is_a_warning(language):
    """Accents, capitals, vowels and spaces do not hide it."""
    copied = OWN[language].upper().replace(" ", "  ")
    assert found(draft(copied, OTHER), "SIM001", earlier=(draft(OWN[language]),)) == [
        ("warning", "paragraph")
    ]


def test_a_formula_of_the_united_nations_is_free():
    """Short runs are everybody's; a text of one's own is silent, and so is one without others."""
    theirs = draft(f"{FORMULA} open schools in the north before the year is over.")
    mine = draft(
        f"{FORMULA} pay a bus for each valley in which no school stands, from next winter on, for good."
    )
    assert found(mine, "SIM001", earlier=(theirs,)) == []
    assert found(draft(*OWN.values()), "SIM001", earlier=(draft(OTHER),)) == []
    assert found(draft(*OWN.values()), "SIM001") == []


def test_a_fifth_of_a_whole_text_is_a_warning_with_its_share():
    """One paragraph of four is more than a fifth, one of eight is not."""
    theirs = draft(OWN["en"])
    rest = [OTHER.replace("two towns", f"{n} towns") for n in "abc"]
    assert found(draft(OWN["en"], *rest), "SIM002", earlier=(theirs,)) == [("warning", "whole")]
    many = [" ".join(f"{word}{n}" for word in OTHER.split()) for n in range(8)]
    assert found(draft(OWN["en"], *many), "SIM002", earlier=(theirs,)) == []
    assert found(draft(OWN["en"], *rest), "SIM002") == []


def test_each_of_several_others_is_named():
    """Whoever must change something needs to know beside which text."""
    assert (
        found(draft(OWN["en"]), "SIM001", earlier=(draft(OWN["en"]), draft(OWN["en"], OTHER)))
        == [("warning", "paragraph")] * 2
    )
