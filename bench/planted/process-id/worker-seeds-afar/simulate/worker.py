import os
import random


def part(size):
    """One worker's mean; each has a stream of its own."""
    stream = random.Random(os.getpid())
    return sum(stream.expovariate(1.0) for _ in range(size)) / size
