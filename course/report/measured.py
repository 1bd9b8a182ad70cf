"""How often the rules are right and how much they find, as the measurement last wrote it.

`data/report/measured.yml` maps each code and language to precision and recall, both from 0 to 1, on
texts that were set aside and that no rule was fitted to, and to `n`, what was to be found there: texts
with this code, and for PII places. Of few, even all say little.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pydantic import BaseModel, ConfigDict, Field

from course.files import DATA, read_quickly

PATH = DATA / "report" / "measured.yml"


class Measured(BaseModel):
    """One rule in one language. `precision` is None where nothing was found, `recall` where n is 0."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    precision: float | None = Field(default=None, ge=0, le=1)
    recall: float | None = Field(default=None, ge=0, le=1)
    n: int = Field(ge=0)


@cache
def measured() -> Mapping[str, Mapping[str, Measured]]:
    """The figures by code and language; nothing where nothing was measured yet."""
    if not PATH.is_file():
        return {}
    return {
        str(code): {str(language): Measured.model_validate(dict(one)) for language, one in languages.items()}
        for code, languages in read_quickly(PATH).items()
    }
