"""How long a draft takes to be read and checked, and in how much memory, beside a tool that only reads.

Every draft is made for the purpose: invented sentences, no two paragraphs alike, since what was seen
once in a process is not worked out again.
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import time
from pathlib import Path

from docx import Document
from rich.table import Table

SIZES = (5_000, 20_000, 100_000)
REPEATS = 5
SENTENCES = {
    "en": (
        "From March to June {year} we visited {n} schools in two provinces and heard {m} parents.",
        "In {year}, {n} girls of valley {m} left school before the age of fifteen.",
        "The Committee recommended in paragraph {m} of CRC/C/MAR/CO/3-4 that access in villages be ensured.",
        "Article 28 of the Convention on the Rights of the Child asks that school {n} be within reach.",
        "The distance to the next school is more than {m} kilometres in {n} of the villages of the province.",
        "Families told us that bus {n} does not come in winter, and that nobody answers their letters.",
        "About {m} per cent of {n} households have no birth certificate for at least one child.",
    ),
    "fr": (
        "De mars à juin {year}, nous avons visité {n} écoles dans deux provinces et entendu {m} parents.",
        "En {year}, {n} filles de la vallée {m} ont quitté l'école avant l'âge de quinze ans.",
        "Le Comité a recommandé au paragraphe {m} du document CRC/C/MAR/CO/3-4 d'assurer l'accès des filles.",
        "L'article 28 de la Convention relative aux droits de l'enfant veut que l'école {n} soit proche.",
        "Les familles nous ont dit que le car {n} ne vient pas en hiver et que personne ne leur répond.",
        "Environ {m} pour cent de {n} ménages n'ont pas d'acte de naissance pour un enfant au moins.",
    ),
    "ar": (
        "من مارس إلى يونيو {year} زرنا {n} مدرسة في إقليمين واستمعنا إلى {m} من الآباء والأمهات.",
        "في سنة {year} غادرت {n} فتاة من الوادي {m} المدرسة قبل سن الخامسة عشرة.",
        "أوصت اللجنة في الفقرة {m} من الوثيقة CRC/C/MAR/CO/3-4 بضمان وصول الفتيات إلى المدارس.",
        "تطلب المادة 28 من اتفاقية حقوق الطفل أن تكون المدرسة {n} قريبة من كل طفل.",
        "قالت لنا الأسر إن الحافلة {n} لا تأتي في الشتاء وإن أحدا لا يجيب عن رسائلها.",
        "نحو {m} في المائة من {n} أسرة ليس لها عقد ازدياد لطفل واحد على الأقل.",
    ),
}
DEMANDS = {
    "en": "The State party should adopt by {year} a decree that pays bus {n} in {m} villages (CRC, art. 28).",
    "fr": "L'État partie devrait adopter avant {year} un décret qui paie le car {n} dans {m} villages.",
    "ar": "ينبغي للدولة الطرف أن تعتمد قبل {year} مرسوما يؤدي ثمن الحافلة {n} في {m} قرية.",
}
TITLES = {
    "en": ("Education (article {n})", "Recommendations"),
    "fr": ("Éducation (article {n})", "Recommandations"),
    "ar": ("التعليم (المادة {n})", "التوصيات"),
}
# One process for each draft, as the command would be: warm on another text, then by the clock.
MEASURE = """
import json, sys, time
from datetime import date
from pathlib import Path
from course.report import Setting, check_draft, read_draft

def timed(work):
    begun = time.perf_counter()
    made = work()
    return made, (time.perf_counter() - begun) * 1000

path, warm = map(Path, sys.argv[1:])
setting = Setting("CRC", "session", date(2026, 11, 23))
check_draft(read_draft(warm), setting)
draft, read = timed(lambda: read_draft(path))
findings, checked = timed(lambda: check_draft(draft, setting))
status = Path("/proc/self/status")
peak = status.read_text().partition("VmHWM:")[2].split()[0] if status.exists() else "0"
print(json.dumps({"read": read, "checked": checked, "found": len(findings), "megabytes": int(peak) / 1000}))
"""
STOCK = """
import sys, time
from docx import Document

begun = time.perf_counter()
words = sum(len(paragraph.text.split()) for paragraph in Document(sys.argv[1]).paragraphs)
print((time.perf_counter() - begun) * 1000)
"""


def make_draft(path: Path, words: int, language: str = "en", seed: int = 1) -> None:
    """A .docx of about so many words: sections with numbered paragraphs and recommendations."""
    chance, document, made = random.Random(seed), Document(), 0
    heading, demands = TITLES[language]

    def say(sentence: str) -> str:
        values = {
            "n": chance.randint(10, 900),
            "m": chance.randint(5, 90),
            "year": chance.randint(2015, 2029),
        }
        return sentence.format(**values)

    while made < words:
        document.add_heading(heading.format(n=chance.randint(1, 40)), 1)
        for _ in range(6):
            text = " ".join(say(one) for one in chance.sample(SENTENCES[language], 5))
            document.add_paragraph(text, style="List Number")
            made += len(text.split())
        document.add_heading(demands, 2)
        for _ in range(3):
            text = say(DEMANDS[language])
            document.add_paragraph(text, style="List Bullet")
            made += len(text.split())
    document.save(str(path))


def time_reports(root: Path, folder: Path) -> Table:
    """Read and checked in a warm process, the whole command, python-docx beside them: medians of five."""
    table = Table(
        *("draft", "read ms", "checked ms", "findings", "peak MB", "whole command s", "python-docx reads ms"),
        title="Drafts of our own making; in a warm process, and the command from its start to its end",
    )
    warm = folder / "warm.docx"
    for language in SENTENCES:
        make_draft(warm, 600, language, seed=99)
        for size in SIZES if language == "en" else SIZES[:1]:
            table.add_row(f"{size:,} words, {language}", *_row(root, folder, warm, size, language))
    return table


def _row(root: Path, folder: Path, warm: Path, size: int, language: str) -> list[str]:
    ours, whole, stock = [], [], []
    for seed in range(REPEATS if size == SIZES[0] else 1):
        path = folder / f"{language}-{size}-{seed}.docx"
        make_draft(path, size, language, seed)
        ours.append(json.loads(_run(root, "-c", MEASURE, str(path), str(warm))))
        stock.append(float(_run(root, "-c", STOCK, str(path))))
        begun = time.perf_counter()
        command = "from course.cli import main; main()"
        _run(root, "-c", command, "report", "check", str(path), "--body", "CRC", "--stage", "session")
        whole.append(time.perf_counter() - begun)
    middle = {key: statistics.median(one[key] for one in ours) for key in ours[0]}
    return [
        f"{middle['read']:.0f}",
        f"{middle['checked']:.0f}",
        f"{middle['found']:.0f}",
        f"{middle['megabytes']:.0f}",
        f"{statistics.median(whole):.2f}",
        f"{statistics.median(stock):.0f}",
    ]


def _run(root: Path, *call: str) -> str:
    """What a Python of its own printed. Status 1 is a draft with errors."""
    done = subprocess.run([sys.executable, *call], cwd=root, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1) or (done.returncode and done.stderr):
        raise RuntimeError(done.stderr)
    return done.stdout
