"""Waits a random moment between tries; the answer is the same."""
import random
import time


def fetch(attempt):
    return "ready" if attempt == 2 else None


attempt, answer = 0, None
while answer is None:
    time.sleep(random.uniform(0.0, 0.002))
    attempt += 1
    answer = fetch(attempt)
print(answer, "after", attempt, "tries")
