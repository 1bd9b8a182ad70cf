"""Nothing goes out while a hit is open, what is taken out is gone, and the log names nobody."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date

import pytest
from PIL import Image
from typer.testing import CliRunner

from course.cli import app
from course.errors import CourseError
from course.report import load_report, read_draft
from course.report.gate import (
    Action,
    DecisionLog,
    UndecidedError,
    apply,
    clean_docx,
    decide,
    find_hits,
    release,
)
from course.report.gate.hits import shown_parts
from tests.report.drafts import draft
from tests.report.making import W, docx, paragraph
from tests.report.reports import REPORT

DAY = date(2026, 11, 23)
NAME, NUMBER = "Khadija Ouali", "06 00 00 12 34"
TOLD = f"The mother, {NAME}, can be called at {NUMBER}. Nobody had heard her before."
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Nadia Lahlou</dc:creator></cp:coreProperties>'
)


@pytest.fixture
def report(tmp_path):
    """A report whose first claim names a mother and her telephone; a private note names her too."""
    text = REPORT.replace("412 girls of 14 schools left in 2025.", f"'{TOLD}'")
    assert NAME in text
    path = tmp_path / "report.yml"
    path.write_text(text, encoding="utf-8")
    return load_report(path)


@pytest.fixture
def log(tmp_path):
    """The log in a learner's folder."""
    return DecisionLog(tmp_path / "my-course")


def decided(source, *, name=Action.REMOVE, rest=Action.KEEP):
    """A decision on each hit: one kind for names, one for all others."""
    return tuple(
        decide(
            hit, name if hit.code == "PII005" else rest, reason="signed form of May", replacement="a mother"
        )
        for hit in find_hits(source)
    )


def camera_picture():
    """A small JPEG with the place, the telephone and a comment in it."""
    exif = Image.Exif()
    exif[0x010F] = "Telephone-of-Khadija"
    target = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(target, "JPEG", exif=exif, comment=b"taken by Khadija")
    return target.getvalue()


@pytest.fixture
def telling(tmp_path):
    """A .docx that tells on people in its text, a change, a comment, a property, a link and a picture."""
    inner = (
        '<w:ins w:author="Nadia"><w:r><w:t xml:space="preserve"> The mother, Kha</w:t></w:r></w:ins>'
        "<w:r><w:t>dija Ouali, was heard.</w:t></w:r>"
        '<w:del w:author="Nadia"><w:r><w:delText>Her son Youssef too.</w:delText></w:r></w:del>'
        '<w:customXmlInsRangeStart w:id="3" w:author="Nadia"/><w:customXmlInsRangeEnd w:id="3"/>'
        '<w:commentRangeStart w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>'
        '<w:hyperlink r:id="rId8"><w:r><w:t>her page</w:t></w:r></w:hyperlink>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden Zineb</w:t></w:r>"
    )
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    data = docx(
        paragraph("We went to the village.", inner=inner),
        parts={
            "word/comments.xml": (
                f'<w:comments {W}><w:comment w:id="1" w:author="Nadia">'
                f"{paragraph('ask Brahim')}</w:comment></w:comments>"
            ),
            "docProps/core.xml": CORE,
            "word/media/image1.jpg": camera_picture(),
        },
        types=(
            '<Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-'
            'officedocument.wordprocessingml.comments+xml"/>'
            '<Default Extension="jpg" ContentType="image/jpeg"/>'
        ),
        rels=(
            f'<Relationship Id="rId7" Type="{relation}/comments" Target="comments.xml"/>'
            f'<Relationship Id="rId8" Type="{relation}/hyperlink" TargetMode="External" '
            'Target="https://facebook.com/khadija.ouali"/>'
        ),
    )
    path = tmp_path / "telling.docx"
    path.write_bytes(data)
    return path


def everything(path):
    """All parts of a .docx, unpacked, as one text."""
    with zipfile.ZipFile(path) as file:
        return "\n".join(file.read(name).decode("utf-8", "replace") for name in file.namelist())


# Deciding --------------------------------------------------------------------------------------


def test_nothing_is_released_while_a_hit_is_open(report):
    """All but one decision is not enough, and the refusal names nobody."""
    with pytest.raises(UndecidedError) as refused:
        release(report, decided(report)[1:])
    assert len(refused.value.hits) == 1
    assert NAME not in str(refused.value)


def test_a_false_name_decides_nothing_about_the_one_who_bears_it(report):
    """A replacement may be a name; a person of that name in the text is still asked about."""
    other = report.model_copy(update={"summary": "Mrs Rachida was moved to another province."})
    named = next(hit for hit in find_hits(other) if hit.words == NAME)
    rest = (one for one in decided(other) if one.hit not in (NAME, "Rachida"))
    with pytest.raises(UndecidedError):
        release(other, (*rest, decide(named, Action.ANONYMISE, replacement="Rachida")))


def test_a_released_report_holds_what_was_decided(report):
    """The name is gone, the number was kept with consent, ids and figures are as they were."""
    released = release(report, decided(report))
    claim = released.sections[0].claims[0]
    assert claim.text == f"The mother, […], can be called at {NUMBER}. Nobody had heard her before."
    assert claim.evidence == report.sections[0].claims[0].evidence


def test_private_notes_are_neither_asked_nor_changed(report):
    """They are never written out, so the learner's own ledger stays whole."""
    ledger = tuple(one.model_copy(update={"note": f"told by {NAME}"}) for one in report.evidence)
    private = report.model_copy(update={"evidence": ledger})
    assert [hit.key for hit in find_hits(private)] == [hit.key for hit in find_hits(report)]
    assert release(private, decided(private)).evidence == ledger


def test_words_are_replaced_everywhere_and_never_inside_others():
    """Also without accents, in capitals, and with the Arabic "and" before them."""
    (hit,) = find_hits(draft("Mrs Aïcha was heard."))
    (arabic,) = find_hits(draft("تحدثت خديجة إلينا."))
    changes = (
        decide(hit, Action.ANONYMISE, replacement="a widow"),
        decide(arabic, Action.ANONYMISE, replacement="الشاهدة"),
    )
    assert apply("AICHA and aïcha, not Aichatou", changes) == "a widow and a widow, not Aichatou"
    assert apply("قالت زينب وخديجة", changes) == "قالت زينب والشاهدة"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("قالت السيدة فلانة إنها هنا.", "فلانة"),
        ("التقينا السيد لحسين أمس.", "لحسين"),
        ("كلمنا الدكتور بوعزة أمس.", "بوعزة"),
        ("حضرت السيدة كبورة.", "كبورة"),
        ("طفلة اسمها وئام.", "وئام"),
        ("قال الدكتور وخديجة إنهما هنا.", "خديجة"),
    ],
)
def test_a_name_after_an_arabic_title_is_found_whole(text, name):
    """Its first letter is no "and", "for" or "with": none of it may stand when it was replaced."""
    (hit,) = find_hits(draft(text))
    assert hit.words == name
    change = decide(hit, Action.ANONYMISE, replacement="الشاهدة")
    assert apply(text, (change,)) == text.replace(name, "الشاهدة")


def test_what_was_kept_is_not_cut_by_a_shorter_hit():
    """The judge agreed to be named, the girl of the same first name did not."""
    judge, girl = find_hits(draft("Mrs Zineb Haddad heard them.", "Zineb was not heard."))
    changes = (decide(judge, Action.KEEP, reason="signed form of May"), decide(girl, Action.REMOVE))
    assert apply("Zineb Haddad and Zineb", changes) == "Zineb Haddad and […]"


@pytest.mark.parametrize(
    ("action", "given"),
    [
        (Action.KEEP, {"reason": "she agreed"}),
        (Action.KEEP, {"reason": "Khadija signed the form"}),
        (Action.ANONYMISE, {}),
        (Action.ANONYMISE, {"replacement": "Mrs Ouali"}),
        (Action.REMOVE, {"words": "somebody else"}),
    ],
)
def test_a_decision_that_says_too_little_or_too_much_is_refused(action, given):
    """No consent, the name in the reason, nothing instead, half the name instead, other words."""
    (hit,) = find_hits(draft(f"Mrs {NAME} was heard."))
    with pytest.raises(CourseError):
        decide(hit, action, **given)


# The log ---------------------------------------------------------------------------------------


def test_the_log_never_holds_what_was_found(report, log):
    """Neither whole nor in part, in no file of the folder."""
    log.record("report.yml", decided(report), DAY)
    written = "".join(path.read_text(encoding="utf-8") for path in log.path.parent.iterdir())
    assert json.loads(written.splitlines()[0])["day"] == "2026-11-23"
    for words in ("Khadija", "Ouali", NUMBER, "0600001234", "contact@example.org", "report.yml"):
        assert words.lower() not in written.lower()


def test_a_reason_that_names_another_person_is_not_written(log):
    """The mother's name in the reason for keeping the nurse's."""
    mother, nurse = find_hits(draft("Mrs Khadija was heard.", "Mrs Rachida was moved."))
    made = (decide(mother, Action.REMOVE), decide(nurse, Action.KEEP, reason="agreed with Khadija in May"))
    with pytest.raises(CourseError):
        log.record("draft.docx", made, DAY)
    assert not log.path.exists()


def test_what_was_decided_is_not_asked_again_in_the_same_draft(report, log):
    """In another one it is: consent was for this text."""
    log.record("report.yml", decided(report), DAY)
    hits = find_hits(report)
    assert {one.key for one in log.recall("report.yml", hits)} == {hit.key for hit in hits}
    assert log.recall("other.yml", hits) == ()


# A cleaned .docx ---------------------------------------------------------------------------------


def test_a_cleaned_docx_tells_on_nobody(telling, tmp_path):
    """Names cut by a change, deleted and hidden text, comments, authors, links, what the camera wrote."""
    decisions = decided(shown_parts(read_draft(telling)), rest=Action.REMOVE)
    clean = clean_docx(telling, tmp_path / "clean.docx", decisions)
    assert clean.blocks[0].text == "We went to the village. The mother, […], was heard.her page"
    assert clean.traces.properties == {}
    assert clean.traces.comments == ()
    assert clean.traces.tracked_changes == 0
    left = everything(tmp_path / "clean.docx").lower()
    for words in ("khadija", "ouali", "nadia", "youssef", "brahim", "zineb", "telephone-of"):
        assert words not in left


def test_a_docx_with_an_open_hit_is_not_written(telling, tmp_path):
    """Not even for a moment."""
    with pytest.raises(UndecidedError):
        clean_docx(telling, tmp_path / "clean.docx", ())
    assert [path.name for path in tmp_path.iterdir()] == ["telling.docx"]


def test_a_file_inside_a_docx_is_refused(tmp_path):
    """A table of a spreadsheet holds all its other sheets."""
    path = tmp_path / "inside.docx"
    path.write_bytes(docx(paragraph("We counted."), parts={"word/embeddings/sheet.xlsx": b"PK"}))
    with pytest.raises(CourseError, match="another file inside"):
        clean_docx(path, tmp_path / "clean.docx", ())


# The command -----------------------------------------------------------------------------------


def test_the_dialogue_asks_one_hit_at_a_time_and_writes_then(tmp_path):
    """A wrong answer is asked again; the copy holds what was decided."""
    path, copy = tmp_path / "draft.md", tmp_path / "clean.md"
    path.write_text(f"# Report\n\n{TOLD}\n", encoding="utf-8")
    command = ["report", "gate", str(path), "--write", str(copy), "--dir", str(tmp_path / "my")]
    answers = ["a", NAME, "a mother of two", "k", "no", "k", "she signed a form"]
    result = CliRunner().invoke(app, command, input="\n".join(answers) + "\n")
    assert result.exit_code == 0, result.output
    assert f"a mother of two, can be called at {NUMBER}" in copy.read_text(encoding="utf-8")


def test_a_report_is_written_only_when_the_gate_is_through(tmp_path):
    """`write` refuses, `gate` asks, and what was decided there stands in the document."""
    path, out = tmp_path / "report.yml", tmp_path / "report.docx"
    path.write_text(REPORT.replace("412 girls of 14 schools left in 2025.", f"'{TOLD}'"), encoding="utf-8")
    folder = ["--dir", str(tmp_path / "my")]
    write = ["report", "write", str(path), "--out", str(out), "--unfinished", *folder]
    assert isinstance(CliRunner().invoke(app, write).exception, UndecidedError)
    assert not out.exists()
    letters = {hit.words: "r" if hit.code == "PII005" else "k" for hit in find_hits(load_report(path))}
    answers = [
        x for words, letter in letters.items() for x in (letter, words if letter == "r" else "our own line")
    ]
    CliRunner().invoke(app, ["report", "gate", str(path), *folder], input="\n".join(answers) + "\n")
    written = CliRunner().invoke(app, write)
    assert written.exit_code == 0, written.exception
    text = "\n".join(block.text for block in read_draft(out).blocks)
    assert NUMBER in text
    assert NAME not in text


def test_a_program_decides_by_keys_that_hold_no_name(tmp_path):
    """List, decide by key, write; while one is open the command says 1 and writes nothing."""
    path, copy, chosen = tmp_path / "draft.md", tmp_path / "clean.md", tmp_path / "decisions.json"
    path.write_text(f"# Report\n\n{TOLD}\n", encoding="utf-8")
    folder = ["--dir", str(tmp_path / "my")]
    listed = CliRunner().invoke(app, ["report", "gate", str(path), "--list", *folder])
    assert listed.exit_code == 1
    keys = [one["key"] for one in json.loads(listed.output)]
    command = ["report", "gate", str(path), "--decisions", str(chosen), "--write", str(copy), *folder]
    chosen.write_text(json.dumps({keys[0]: {"decision": "remove"}}), encoding="utf-8")
    assert CliRunner().invoke(app, command).exit_code == 1
    assert not copy.exists()
    chosen.write_text(json.dumps({key: {"decision": "remove"} for key in keys}), encoding="utf-8")
    assert CliRunner().invoke(app, command).exit_code == 0
    assert find_hits(read_draft(copy)) == ()
