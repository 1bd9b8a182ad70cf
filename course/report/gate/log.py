"""Which decision was made when: on this machine only, and never with the words that were found.

Instead of the words stands a hash with a salt of its own. The salt lies beside the log, so whoever
holds both can try a list of names: the log protects against reading, not against a search of the
machine. `course report seal` locks it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from course.errors import CourseError
from course.files import write_whole
from course.report.gate.decisions import Action, Decision, decide, tells
from course.report.gate.hits import Hit

LOG, SALT = "report-decisions.jsonl", "report-decisions.salt"
KEY_LENGTH = 24  # hexadecimal figures: 96 bits


class DecisionLog:
    """The log in the learner's own folder."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / LOG
        self._salt = folder / SALT

    def key(self, draft: str, code: str, words: str) -> str:
        """A hit of one draft as it stands in the log. The same name in another draft has another key."""
        message = json.dumps([draft, code, words], ensure_ascii=False).encode()
        return hmac.new(self._read_salt(), message, hashlib.sha256).hexdigest()[:KEY_LENGTH]

    def keys(self, draft: str, hits: Iterable[Hit]) -> dict[str, Hit]:
        """Hits by their key."""
        return {self.key(draft, *hit.key): hit for hit in hits}

    def record(self, draft: str, decisions: Iterable[Decision], on: date) -> None:
        """Add decisions. Raises CourseError where a reason or replacement would write down a name."""
        decisions = tuple(decisions)
        lines = []
        for one in decisions:
            if any(tells(text, other) for other in decisions for text in (one.reason, one.replacement)):
                raise CourseError(f"{one.code}: a reason or a replacement names a person; write it without.")
            entry = {"day": on.isoformat(), "key": self.key(draft, *one.key), "code": one.code}
            entry |= {"decision": one.action.value, "reason": one.reason, "replacement": one.replacement}
            # Where the learner chose longer words, the log cannot say which: that is asked again.
            entry["whole"] = one.words == one.hit
            lines.append(json.dumps(entry, ensure_ascii=False) + "\n")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        before = self.path.read_text(encoding="utf-8") if self.path.is_file() else ""
        write_whole(self.path, before + "".join(lines))  # readable by its owner alone, as all that is made so

    def recall(self, draft: str, hits: Iterable[Hit]) -> tuple[Decision, ...]:
        """The latest decisions on these hits of this draft, so that nothing is asked twice."""
        latest = {entry["key"]: entry for entry in self.entries()}
        found = []
        for key, hit in self.keys(draft, hits).items():
            entry = latest.get(key)
            if entry and entry["whole"]:
                action = Action(entry["decision"])
                found.append(decide(hit, action, entry["reason"], entry["replacement"]))
        return tuple(found)

    def entries(self) -> Iterator[dict[str, Any]]:
        """Everything in the log, the oldest first. Raises CourseError for a line that is none of ours."""
        text = self.path.read_text(encoding="utf-8") if self.path.is_file() else ""
        for number, line in enumerate(text.splitlines(), start=1):
            try:
                entry = json.loads(line)
                entry["key"], entry["decision"], entry["whole"]
            except (ValueError, TypeError, KeyError):
                raise CourseError(
                    f"{self.path.name}:{number}: this line is no decision; take it out, then try again."
                ) from None
            yield entry

    def _read_salt(self) -> bytes:
        if not self._salt.is_file():
            self._salt.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self._salt, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(secrets.token_hex(32))
        return self._salt.read_bytes()
