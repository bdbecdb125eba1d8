import random


def generator(purpose):
    """A generator for one purpose; text seeds do not depend on the hash seed."""
    return random.Random(f"{purpose}-v1")
