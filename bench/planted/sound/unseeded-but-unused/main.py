"""A generator is made for the interactive mode only."""
import random
import sys

jitter = random.Random()


def delay(base):
    return base + jitter.random()


if len(sys.argv) > 1:
    print(delay(float(sys.argv[1])))
else:
    print("delay: 1.5")
