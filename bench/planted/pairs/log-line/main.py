"""Writes a line for each step to the journal."""
from journal import Journal

journal = Journal("journal.txt")
for step in ("read", "clean", "fit"):
    journal.note(step)
journal.close()
