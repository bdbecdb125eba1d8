"""Dictionaries keep the order of insertion."""
import json

seen = dict.fromkeys("to be or not to be that is the question".split())
counts = {word: len(word) for word in seen.keys()}
with open("order.json", "w", encoding="utf-8") as out:
    json.dump(counts, out)
