"""The paragraph styles and the lists of a .docx: what is a heading, and which number stands before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from course.report.reading.bounds import Archive
from course.report.reading.numbering import Counters, ListLevel

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEADING = re.compile(r"^heading ([1-9])$")
SHAPES = {
    "decimal": ("decimal", False),
    "lowerLetter": ("letter", False),
    "upperLetter": ("letter", True),
    "lowerRoman": ("roman", False),
    "upperRoman": ("roman", True),
    "bullet": ("bullet", False),
    "none": ("bullet", False),
}
MAX_BASED_ON = 20  # styles rest on styles; a circle must end


@dataclass(frozen=True, slots=True)
class Style:
    """One paragraph style: its name in any language, and what it makes of a paragraph."""

    name: str = ""
    heading: int = 0
    title: bool = False
    caption: bool = False
    list: tuple[str, int] | None = None  # the list it belongs to, and the level from 0


@dataclass
class Styles:
    """All styles of the file by their id."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default: Style = field(default_factory=Style)

    def of(self, properties: etree._Element | None) -> Style:
        """The style of a paragraph; one with an outline level of its own is a heading."""
        if properties is None:
            return self.default
        named = properties.find(W + "pStyle")
        style = self.default if named is None else self.by_id.get(named.get(W + "val", ""), self.default)
        level = _outline(properties)
        if level and not style.heading:
            return Style(style.name, level, style.title, style.caption, style.list)
        return style


@dataclass
class Numbering:
    """The lists of the file: levels by list id, and how far each has counted."""

    levels: dict[str, dict[int, ListLevel]] = field(default_factory=dict)
    counts_as: dict[str, str] = field(default_factory=dict)
    counters: Counters = field(default_factory=Counters)

    def next(self, properties: etree._Element | None, style: Style) -> tuple[str, int, bool]:
        """Number, level from 1, and whether the paragraph stands in a list at all."""
        found = _list_of(properties) or style.list
        if found is None or found[0] not in self.levels:
            return "", 0, False
        identifier, level = found
        number = self.counters.next_number(self.counts_as[identifier], level, self.levels[identifier])
        return number, level + 1, True


def read_styles(archive: Archive) -> Styles:
    """The paragraph styles; each takes from the one it rests on what it does not say itself."""
    root = archive.xml("word/styles.xml")
    if root is None:
        return Styles()
    raw = {
        element.get(W + "styleId", ""): element
        for element in root.findall(W + "style")
        if element.get(W + "type") == "paragraph"
    }
    styles = Styles({identifier: _style(identifier, raw) for identifier in raw})
    for identifier, element in raw.items():
        if element.get(W + "default") in ("1", "true"):
            styles.default = styles.by_id[identifier]
    return styles


def _style(identifier: str, raw: dict[str, etree._Element]) -> Style:
    own = name = _value(raw[identifier], "name").lower()
    heading, title, caption, listed = 0, False, False, None
    for _ in range(MAX_BASED_ON):
        element = raw.get(identifier)
        if element is None:
            break
        name = _value(element, "name").lower()
        properties = element.find(W + "pPr")
        found = HEADING.match(name)
        heading = heading or (int(found.group(1)) if found else _outline(properties))
        title = title or name == "title"
        caption = caption or name == "caption"
        listed = listed or _list_of(properties)
        identifier = _value(element, "basedOn")
    return Style(own, heading, title, caption, listed)


def read_numbering(archive: Archive) -> Numbering:
    """The lists. Two that rest on one pattern count together unless one starts anew."""
    root = archive.xml("word/numbering.xml")
    if root is None:
        return Numbering()
    patterns = {
        element.get(W + "abstractNumId", ""): {
            _whole(level.get(W + "ilvl")): _level(level) for level in element.findall(W + "lvl")
        }
        for element in root.findall(W + "abstractNum")
    }
    numbering = Numbering()
    for element in root.findall(W + "num"):
        identifier, pattern = element.get(W + "numId", ""), _value(element, "abstractNumId")
        levels = dict(patterns.get(pattern, {}))
        anew = element.findall(W + "lvlOverride")
        for override in anew:
            depth = _whole(override.get(W + "ilvl"))
            inner = override.find(W + "lvl")
            if inner is not None:
                levels[depth] = _level(inner)
            elif depth in levels and (start := override.find(W + "startOverride")) is not None:
                old = levels[depth]
                levels[depth] = ListLevel(old.shape, old.pattern, _whole(start.get(W + "val")), old.upper)
        numbering.levels[identifier] = levels
        numbering.counts_as[identifier] = f"num-{identifier}" if anew else f"pattern-{pattern}"
    return numbering


def _level(element: etree._Element) -> ListLevel:
    shape, upper = SHAPES.get(_value(element, "numFmt"), ("decimal", False))
    start = element.find(W + "start")
    return ListLevel(
        shape, _value(element, "lvlText"), 1 if start is None else _whole(start.get(W + "val")), upper
    )


def _list_of(properties: etree._Element | None) -> tuple[str, int] | None:
    """List id and level that these properties name; the id 0 takes a paragraph out of its list."""
    found = None if properties is None else properties.find(W + "numPr")
    if found is None:
        return None
    return _value(found, "numId"), min(_whole(_value(found, "ilvl")), 8)


def _outline(properties: etree._Element | None) -> int:
    """The outline level from 1 to 9, 0 for running text."""
    value = "" if properties is None else _value(properties, "outlineLvl")
    return _whole(value) + 1 if value.isdigit() and int(value) < 9 else 0


def _value(element: etree._Element, name: str) -> str:
    found = element.find(W + name)
    return "" if found is None else found.get(W + "val", "")


def _whole(value: str | None) -> int:
    return int(value) if value is not None and value.isascii() and value.isdigit() and len(value) < 9 else 0
