"""`course learn`: the learner's own copy of the pages, and the two ways to open it."""
