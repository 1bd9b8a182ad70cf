"""A learner's page as it came: bounded before it is read, its damage found, and repaired where it can be."""

from grading.repair.prepare import Prepared, prepare
from grading.repair.skeleton import Skeleton, SourceCell, read_skeleton

__all__ = ["Prepared", "Skeleton", "SourceCell", "prepare", "read_skeleton"]
