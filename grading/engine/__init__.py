"""Grades submissions fast: one pre-imported parent, a fork for each notebook, one writer of grades.

The processes, and what each may see:

- the command decides what is graded and is the only one that writes the gradebook;
- workers read submissions as data and run nbgrader's own preprocessors on them;
- the parent of all shells (`zygote`) holds libraries and nothing of any course;
- a shell is its fork: IPython's own, in a sandbox, fed with one cell at a time.
"""
