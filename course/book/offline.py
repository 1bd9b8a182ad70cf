"""The service worker: a book that was visited once on a server is read again with no network."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from course.book.assets import STATIC
from course.book.overview import SINGLE_FOLDER

# Learners pay for each megabyte: the single files hold again what the pages hold.
LEFT_OUT = (f"{SINGLE_FOLDER}/", "reports/", "_sources/", ".")
KEPT = {".html", ".css", ".js", ".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".woff2"}


def list_files(site: Path) -> dict[str, str]:
    """What is kept offline: each path from the root of the book, with a hash of its content."""
    found = {}
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if not path.is_file() or path.suffix not in KEPT:
            continue
        if name.startswith(LEFT_OUT) or name == "sw.js":
            continue
        found[name] = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    return found


def write_service_worker(site: Path) -> None:
    """Writes `sw.js` with the list of all files; it changes whenever one of them does."""
    files = json.dumps(list_files(site), ensure_ascii=False, indent=0)
    script = (STATIC / "sw.js").read_text(encoding="utf-8").replace('{"FILES": ""}', files)
    (site / "sw.js").write_text(script, encoding="utf-8")
