"""Estimates how often a throw of five dice holds a pair."""
import json
import random


def throw(dice):
    return [random.randint(1, 6) for _ in range(dice)]


def has_pair(faces):
    return len(set(faces)) < len(faces)


rounds = 2000
hits = sum(has_pair(throw(5)) for _ in range(rounds))
with open("pairs.json", "w", encoding="utf-8") as out:
    json.dump({"rounds": rounds, "share": hits / rounds}, out)
