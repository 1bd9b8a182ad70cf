"""All attacks, in one order."""

from __future__ import annotations

from tests.grading.attacks.answers import ANSWERS
from tests.grading.attacks.files import FILES
from tests.grading.attacks.machine import MACHINE
from tests.grading.attacks.network import NETWORK
from tests.grading.attacks.pages import PAGES
from tests.grading.attacks.shells import SHELLS

ATTACKS = (*PAGES, *SHELLS, *ANSWERS, *FILES, *NETWORK, *MACHINE)
