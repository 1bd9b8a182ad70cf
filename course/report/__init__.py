"""The shadow report: read a draft, check it against the committee's own rules, compose, write, log."""
