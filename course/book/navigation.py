"""Which pages there are, in which language, and what stands before, after and around each of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from course.texts import LANGUAGES, direction, section

DEFAULT = LANGUAGES[0]


def split_language(name: str) -> tuple[str, str | None]:
    """The name that a page shares with its translations, and its language if the name tells it.

    `02-two-procedures.ar` gives (`02-two-procedures`, `ar`).
    """
    stem, dot, language = name.rpartition(".")
    return (stem, language) if dot and language in LANGUAGES else (name, None)


def page_language(name: str, metadata: Mapping[str, Any]) -> str:
    """The language of a page: its front matter's `lang`, its `course.lang`, else its name's ending.

    A notebook's metadata reaches the front matter as JSON text.
    """
    course = metadata.get("course")
    if isinstance(course, str):
        try:
            course = json.loads(course)
        except ValueError:
            course = None
    told = metadata.get("lang") or (course.get("lang") if isinstance(course, Mapping) else None)
    return told if told in LANGUAGES else split_language(name)[1] or DEFAULT


@dataclass(frozen=True)
class Page:
    """One page of the book. `name` is its path without ending; `base` that of its translations."""

    name: str
    title: str
    language: str
    base: str

    @property
    def direction(self) -> str:
        """`rtl` or `ltr`."""
        return direction(self.language)


@dataclass(frozen=True)
class Entry:
    """One line of the contents: a page, whether it is the one shown or leads to it, and those below."""

    page: Page
    current: bool
    open: bool
    children: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Part:
    """One part of the contents with its caption and the caption's language."""

    caption: str
    language: str
    entries: tuple[Entry, ...]

    @property
    def direction(self) -> str:
        """`rtl` or `ltr`."""
        return direction(self.language)


@dataclass(frozen=True)
class Outline:
    """The order of the book as `_toc.yml` gives it. `tree` nests (name, children); a part has a caption."""

    root: str
    parts: tuple[tuple[str, tuple], ...]
    pages: Mapping[str, Page]
    versions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def in_language(self, name: str, language: str) -> Page:
        """The page itself or its translation: in `language`, else in the course's first language."""
        base = self.pages[name].base
        names = self.versions[base]
        return self.pages[names.get(language) or names.get(DEFAULT) or name]

    def translations(self, name: str) -> list[Page]:
        """The same page in the other languages, in the order of the course's languages."""
        names = self.versions[self.pages[name].base]
        return [self.pages[names[each]] for each in LANGUAGES if each in names and names[each] != name]

    def contents(self, name: str, language: str) -> list[Part]:
        """The contents as a reader of page `name` sees them: one line a page, translated where it is."""
        base = self.pages[name].base if name in self.pages else None
        captions = section("book", language)
        parts = []
        for caption, nodes in self.parts:
            key = "part-" + re.sub(r"\W+", "-", caption.lower()).strip("-")
            entries = tuple(self._entries(nodes, base, language))
            parts.append(Part(captions.get(key, caption), language if key in captions else DEFAULT, entries))
        return parts

    def _entries(self, nodes: Iterable[tuple], base: str | None, language: str) -> Iterable[Entry]:
        for name, below in nodes:
            page = self.pages[name]
            if page.name != self.in_language(name, DEFAULT).name:
                continue  # a translation stands where its original stands
            children = tuple(self._entries(below, base, language))
            current = page.base == base
            inside = current or any(child.current or child.open for child in children)
            yield Entry(self.in_language(name, language), current, inside, children)

    def sequence(self, language: str) -> list[Page]:
        """Every page once, in reading order, in `language` where it is translated."""
        bases = dict.fromkeys(page.base for page in self.pages.values())
        return [self.in_language(next(iter(self.versions[base].values())), language) for base in bases]

    def neighbours(self, name: str, language: str) -> tuple[Page | None, Page | None]:
        """The pages before and after `name` in reading order."""
        order = self.sequence(language)
        places = [page.base for page in order]
        if name not in self.pages:
            return None, None
        place = places.index(self.pages[name].base)
        before = order[place - 1] if place else None
        return before, order[place + 1] if place + 1 < len(order) else None

    def ancestors(self, name: str, language: str) -> list[Page]:
        """The pages above `name` in the contents, from the root of its part downwards."""

        def search(entries: Iterable[Entry], above: list[Page]) -> list[Page] | None:
            for entry in entries:
                if entry.current:
                    return above
                found = search(entry.children, [*above, entry.page])
                if found is not None:
                    return found
            return None

        for part in self.contents(name, language):
            found = search(part.entries, [])
            if found is not None:
                return found
        return []


def read_outline(site_map: Any, titles: Mapping[str, str], metadata: Mapping[str, Mapping]) -> Outline:
    """The outline of a book from sphinx-external-toc's site map, titles and front matter by page name."""

    def node(item: str) -> tuple[str, tuple]:
        document = site_map[str(item)]
        below = tuple(node(child) for tree in document.subtrees for child in tree.files())
        return str(item), below

    def names(nodes: Iterable[tuple]) -> Iterable[str]:
        for name, below in nodes:
            yield name
            yield from names(below)

    root = site_map.root.docname
    parts = tuple(
        (tree.caption or "", tuple(node(item) for item in tree.files())) for tree in site_map.root.subtrees
    )
    pages: dict[str, Page] = {}
    versions: dict[str, dict[str, str]] = {}
    for name in [root, *(name for _, nodes in parts for name in names(nodes))]:
        language = page_language(name, metadata.get(name, {}))
        base = split_language(name)[0]
        pages[name] = Page(name, titles.get(name, name), language, base)
        versions.setdefault(base, {})[language] = name
    return Outline(root, parts, pages, versions)
