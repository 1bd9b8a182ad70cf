"""The sample cohort: 93 invented associations, their planted hand-ins, and what each must get.

`python -m grading.sample DIR` takes it through real grading and compares. Expected points
are written by hand in `profiles`; nothing here is derived from a grading run.
"""
