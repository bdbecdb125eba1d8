"""Counts the votes and signs the minutes."""
import collections
import getpass

with open("votes.txt", encoding="utf-8") as file:
    votes = collections.Counter(line.strip() for line in file)
author = getpass.getuser()
with open("minutes.txt", "w", encoding="utf-8") as out:
    for name, count in sorted(votes.items()):
        out.write(f"{name}: {count}\n")
    out.write(f"counted by {author}\n")
