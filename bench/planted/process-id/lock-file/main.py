"""Marks the folder as taken while the sums are made, and tells who took it."""
import json
import os

taken = {"by": os.getpid(), "for": "sums"}
with open("taken.json", "w", encoding="utf-8") as out:
    json.dump(taken, out)
print("sums:", [sum(range(n)) for n in range(8)])
