"""Checks what the texts name as true: every document's symbol and every outside link stands in the data."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from course.content import reading
from course.content.modules import collect
from course.errors import CourseError, Problem, shown
from course.facts.reading import read_rows
from course.facts.register import Reference
from course.facts.symbols import parse_symbol
from course.files import DATA, PACKAGE_ROOT, read_quickly

REGISTER = "documents.csv"
REMEDY = f"Add a row to course/data/{REGISTER} or correct it."
SYMBOL = re.compile(
    r"(?<![A-Za-z0-9/.])(?:A|E|S|CCPR|CERD|CEDAW|CAT|CRC|CRPD|CMW|CED|HRI|HR|ST)/[A-Z0-9](?:[\w./-]*\w)?",
    re.ASCII,
)
LINK = re.compile(r"https?://[^\s|;,)\"'<>\]\\]+")
# How a text shows that a symbol goes on: `CEDAW/C/MAR/...`
GOES_ON = re.compile(r"/|…|\.\.\.")
Text = tuple[str, str, str]  # the file, the part of it, what it says


def check_sources(root: Path, data: Path = DATA) -> list[Problem]:
    """Every symbol and link that a text below `root` names as true, but that no data file holds."""
    problems = list(_register_faults(data / REGISTER))
    symbols, links = _known(data)
    for file, part, text in (*_texts(root), *_texts_of_data(data)):
        found = [
            *(link for link in _links(text) if link not in links),
            *(symbol for symbol in _symbols(text) if not _is_known(symbol, symbols)),
        ]
        for name in dict.fromkeys(found):
            problems.append(Problem(file, None, part, f"names {name}, which stands in no data file.", REMEDY))
    return problems


def _register_faults(path: Path) -> Iterator[Problem]:
    rows, problems = read_rows(path, Reference)
    yield from problems
    name = shown(path, PACKAGE_ROOT)
    for symbol, count in Counter(row.symbol for row in rows if row.symbol).items():
        if count > 1:
            yield Problem(name, None, symbol, f"this stands {count} times.", "Keep one row.")


def _known(data: Path) -> tuple[set[str], set[str]]:
    """The symbols and the links of the data: of all its tables, and of the guides to real reports."""
    tables = "\n".join(path.read_text(encoding="utf-8") for path in sorted(data.rglob("*.csv")))
    links = {link.rstrip(".") for link in LINK.findall(tables)}
    for _, guide in _documents(data / "guides"):
        links.update((str(guide.get("address")), *(guide.get("also") or ())))
    return set(_symbols(tables)), links


def _links(text: str) -> Iterator[str]:
    return (link.rstrip(".") for link in LINK.findall(text))


def _symbols(text: str) -> Iterator[str]:
    """The symbols of a text, those in links left out; a letter in bold is a letter of the symbol."""
    plain = LINK.sub(" ", text).replace("**", "")
    for match in SYMBOL.finditer(plain):
        if not GOES_ON.match(plain, match.end()):
            yield match[0]


def _is_known(symbol: str, known: set[str]) -> bool:
    """Whether the data holds a symbol; of one that cannot be whole, such as `A/HRC`, the beginning."""
    if symbol in known:
        return True
    try:
        parse_symbol(symbol)
    except CourseError:
        return any(other.startswith(f"{symbol}/") for other in known)
    return False


def _texts(root: Path) -> Iterator[Text]:
    """All that the course says in its own name; the choices of items are not among it."""
    for folder in reading.module_folders(root):
        yield from _pages(sorted(folder.glob("*.ipynb")), root)
        yield from _pages(sorted(folder.glob("*.md")), root)
        for name, items in _documents(folder, "items.yml", root):
            for entry in items.get("items") or ():
                for source in _strings(entry, only="source"):
                    yield name, str(entry.get("id", "")), source
    yield from _pages(sorted((root / "pages").rglob("*.md")), root)
    yield from _pages(sorted((root / "pages").rglob("*.ipynb")), root)


def _texts_of_data(data: Path) -> Iterator[Text]:
    """What the cases and the guides say."""
    for name, cases in _documents(data / "cases"):
        for case in cases.get("cases") or ():
            said = (case.get(field) or "" for field in ("text", "question", "answer"))
            yield name, str(case.get("id", "")), "\n".join(map(str, said))
    for name, guide in _documents(data / "guides"):
        said = {field: value for field, value in guide.items() if field not in ("address", "also")}
        yield name, "", "\n".join(_strings(said))


def _documents(folder: Path, pattern: str = "*.yml", root: Path = PACKAGE_ROOT) -> Iterator[tuple[str, Any]]:
    """The YAML files of a folder; one that cannot be read has said so in its own check."""
    for path in sorted(folder.glob(pattern)):
        document = collect(lambda path=path: read_quickly(path), [])
        if isinstance(document, Mapping):
            yield shown(path, root), document


def _pages(paths: Sequence[Path], root: Path) -> Iterator[Text]:
    for path in paths:
        name = shown(path, root)
        try:
            text = path.read_text(encoding="utf-8")
            cells = json.loads(text)["cells"] if path.suffix == ".ipynb" else []
        except (OSError, ValueError, KeyError, TypeError):
            continue  # the check of the lesson names the fault
        if path.suffix != ".ipynb":
            yield name, "", text
        for cell in cells:
            if cell.get("cell_type") == "markdown":
                yield name, str(cell.get("id", "")), "".join(cell.get("source", ""))


def _strings(entry: Any, only: str = "", under: str = "") -> Iterator[str]:
    """Every text below an entry of a YAML file; `only` those that stand under this name."""
    if isinstance(entry, Mapping):
        for name, value in entry.items():
            yield from _strings(value, only, str(name))
    elif isinstance(entry, str):
        if only in ("", under):
            yield entry
    elif isinstance(entry, Sequence):
        for value in entry:
            yield from _strings(value, only, under)
