"""Throws dice with a seed of the program's own."""
import json
import random

random.seed(20240501)
throws = [random.randint(1, 6) for _ in range(200)]
with open("throws.json", "w", encoding="utf-8") as out:
    json.dump({face: throws.count(face) for face in range(1, 7)}, out)
