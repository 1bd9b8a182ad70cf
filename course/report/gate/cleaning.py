"""A copy of a .docx that carries the text and nothing else: no author, no comment, no change, no place.

The copy is read again before it is kept: what was to be taken out and is still found stops it.
"""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

from lxml import etree

from course.errors import CourseError
from course.files import write_whole
from course.report.draft import Draft
from course.report.gate.decisions import Action, Decision, UndecidedError, apply, remaining, still_open
from course.report.gate.hits import shown_parts
from course.report.gate.pictures import strip_picture
from course.report.reading import read_draft
from course.report.reading.bounds import open_archive, read_bytes, refuse

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
DELETED = [W + name for name in ("del", "moveFrom", "delText", "delInstrText")]
UNWRAPPED = [W + name for name in ("ins", "moveTo")]
DROPPED = [
    *(W + name for name in ("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange")),
    *(
        W + name
        for name in ("trPrChange", "tcPrChange", "numberingChange", "cellIns", "cellDel", "cellMerge")
    ),
    *(W + name for name in ("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef")),
    *(W + name for name in ("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd")),
    *(W + name for name in ("dataBinding", "attachedTemplate", "rsids", "docVars", "mailMerge")),
]
LEFT_OUT = ("docProps/", "customXml/", "word/comments", "word/people", "word/_rels/settings", "word/glossary")
EMBEDDED = ("word/embeddings/", "word/activeX/")
MEDIA = "word/media/"


def clean_docx(path: Path, target: Path, decisions: Iterable[Decision]) -> Draft:
    """Write the cleaned copy of a .docx and give it back as it was read again.

    Raises UndecidedError while a hit is open, or where one is still found in the copy; CourseError where
    the file cannot be read, or carries an embedded file or a picture that cannot be cleaned.
    """
    decisions = tuple(decisions)
    draft = shown_parts(read_draft(path))
    if draft.format != "docx":
        raise CourseError(f"{path.name}: a cleaned copy is made of a .docx only; change the others by hand.")
    if target.resolve() == path.resolve():
        raise CourseError(f"{path.name}: give the copy a name of its own; the draft itself is left as it is.")
    if found := still_open(draft, decisions):
        raise UndecidedError(found)
    data = _cleaned(path, decisions)
    copy = _read_again(data, target)
    if left := remaining(shown_parts(copy), decisions):
        raise UndecidedError(left)
    write_whole(target, data)
    return copy


def _read_again(data: bytes, target: Path) -> Draft:
    descriptor, name = tempfile.mkstemp(suffix=".docx", prefix=".copy-", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        return read_draft(Path(name))
    finally:
        Path(name).unlink()


def _cleaned(path: Path, decisions: tuple[Decision, ...]) -> bytes:
    archive = open_archive(path, read_bytes(path))
    without_pictures = any(not one.words and one.action is Action.REMOVE for one in decisions)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name in sorted(archive.names, key=lambda one: (one != "[Content_Types].xml", one)):
            if name.startswith(EMBEDDED):
                raise refuse(
                    path, f"it carries another file inside ({name})", "paste that as a table or a picture"
                )
            if name.startswith(LEFT_OUT) or name.endswith("/"):
                continue
            if name.startswith(MEDIA):
                if not without_pictures:
                    file.writestr(_fixed(name), strip_picture(path.name, name, archive.part(name)))
                continue
            if not name.endswith((".xml", ".rels")):
                file.writestr(_fixed(name), archive.part(name))
                continue
            root = archive.xml(name)
            if name == "[Content_Types].xml":
                _without_parts(root, "PartName", without_pictures)
            elif name.endswith(".rels"):
                _clean_links(root, decisions, without_pictures)
            else:
                _clean_text(root, decisions, without_pictures)
            file.writestr(_fixed(name), etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
    return target.getvalue()


def _fixed(name: str) -> zipfile.ZipInfo:
    """A part without the moment at which it was saved."""
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _without_parts(root: etree._Element, attribute: str, without_pictures: bool) -> None:
    gone = (*LEFT_OUT, *((MEDIA,) if without_pictures else ()))
    for element in list(root):
        name = element.get(attribute, "").lstrip("/")
        if name.startswith((*gone, *(part.removeprefix("word/") for part in gone))):
            root.remove(element)


def _clean_links(root: etree._Element, decisions: Iterable[Decision], without_pictures: bool) -> None:
    """Links to parts that stay out, and to files on a disk, whose path may hold a name."""
    for element in list(root):
        target = element.get("Target", "")
        tells = target.lower().startswith("file:") or apply(target, decisions) != target
        if element.get("TargetMode") == "External" and tells:
            element.set("Target", "about:blank")
    _without_parts(root, "Target", without_pictures)
    for element in list(root):
        if element.get("Target", "").startswith("../customXml/"):
            root.remove(element)


def _clean_text(root: etree._Element, decisions: Iterable[Decision], without_pictures: bool) -> None:
    for element in list(root.iter(*DELETED)):
        _take_out(element)
    for element in list(root.iter(*DROPPED)):
        _take_out(element)
    for element in list(root.iter(*UNWRAPPED)):
        if element.getparent().tag == W + "rPr":  # the mark of a paragraph's end, not a wrapper
            _take_out(element)
        else:
            _unwrap(element)
    for run in list(root.iter(W + "r")):
        hidden = run.find(f"{W}rPr/{W}vanish")
        if hidden is not None and hidden.get(W + "val") not in ("0", "false"):
            _take_out(run)
    if without_pictures:
        for element in list(root.iter(W + "drawing", W + "pict")):
            if next(element.iter(W + "txbxContent"), None) is None:
                _take_out(element)
    _clean_attributes(root, decisions)
    for paragraph in root.iter(W + "p"):
        _replace_in_paragraph(paragraph, decisions)
    for code in root.iter(W + "instrText"):
        code.text = apply(code.text or "", decisions)


def _clean_attributes(root: etree._Element, decisions: Iterable[Decision]) -> None:
    """Who wrote and when, the marks of sessions, and names of pictures, often the path of a file."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        for name in list(element.attrib):
            local = etree.QName(name).localname
            if name.startswith(W) and (local.startswith("rsid") or local in ("author", "date", "initials")):
                del element.attrib[name]
        if etree.QName(element).localname in ("docPr", "cNvPr"):
            element.set("name", "picture")
            for name in ("descr", "title"):
                if name in element.attrib:
                    element.set(name, apply(element.get(name), decisions))


def _replace_in_paragraph(paragraph: etree._Element, decisions: Iterable[Decision]) -> None:
    """Words may be cut into several runs: the whole text is changed, the rest goes to where it begins."""
    texts = [one for one in paragraph.iter(W + "t") if next(one.iterancestors(W + "p")) is paragraph]
    before = "".join(one.text or "" for one in texts)
    after = apply(before, decisions)
    if after == before:
        return
    first = _common(before, after)
    end = _common(before[first:][::-1], after[first:][::-1])
    last, middle, place = len(before) - end, after[first : len(after) - end], 0
    for one in texts:
        text = one.text or ""
        here, there = place, place + len(text)
        kept_before, kept_after = text[: max(0, first - here)], text[max(0, last - here) :]
        if here <= first <= there and middle is not None:
            one.text = kept_before + middle + (kept_after if last <= there else "")
            middle = None
        elif first < there and here < last:
            one.text = kept_after if last <= there else ""
        one.set(XML_SPACE, "preserve")
        place = there


def _common(one: str, other: str) -> int:
    """How many characters two texts share from their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _take_out(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: etree._Element) -> None:
    parent = element.getparent()
    place = parent.index(element)
    for child in reversed(list(element)):
        parent.insert(place, child)
    parent.remove(element)
