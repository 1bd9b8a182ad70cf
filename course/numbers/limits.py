"""From which numbers on the form warns: choices of this course, which every page that shows them calls so."""

LINES = 6  # that one table may have
MOST = 1_000_000  # people in one line: beyond it a script would no longer count exactly
SMALL = 10  # below it, people of a group could be recognised: the line is left out of what is pasted
FEW = 5  # below it, so few have the problem that they could be recognised
SWING = 50  # below it, one person more or less moves the rate by more than two points
EXACT = 1_000  # from here on one person more or less moves the rate by no more than a tenth of a point
