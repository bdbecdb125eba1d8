import numpy as np

DOSES = np.arange(0.0, 3.0, 0.25)


def treatment(size):
    """Doses for so many subjects."""
    return np.random.permutation(DOSES)[:size].tolist()
