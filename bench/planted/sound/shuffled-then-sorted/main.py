"""Checks that our sort does not care for the order of its input."""
import random


def insertion_sort(values):
    done = []
    for value in values:
        place = next((i for i, other in enumerate(done) if other > value), len(done))
        done.insert(place, value)
    return done


values = list(range(30))
random.shuffle(values)
print(insertion_sort(values))
