"""Keeps submitted code away from everything but itself, and tells when it tampered with its grading.

`probe` says what this system can do; `Sandbox` shuts processes in; `canary` looks for tampering.
"""

from grading.sandbox.capabilities import Capabilities, probe
from grading.sandbox.errors import SandboxError
from grading.sandbox.limits import Limits
from grading.sandbox.police import describe_ending
from grading.sandbox.sandbox import Sandbox, hand_over

__all__ = ["Capabilities", "Limits", "Sandbox", "SandboxError", "describe_ending", "hand_over", "probe"]
