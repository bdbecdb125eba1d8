import numpy as np


def means(values, rounds):
    """Means of samples drawn with replacement."""
    generator = np.random.default_rng()
    size = len(values)
    return [generator.choice(values, size).mean() for _ in range(rounds)]
