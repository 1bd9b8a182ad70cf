"""The instructors' wing: release, collect, grade, feed back and export a cohort, on nbgrader."""
