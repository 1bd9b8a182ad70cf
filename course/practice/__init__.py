"""Practice that stays: the repair of recommendations, chains, the review of the day, progress."""
