import numpy as np

from project.linear import transform


def projected(count):
    """Points on a helix, projected."""
    turn = np.linspace(0, 6, count * 30).reshape(count, 30)
    return transform(np.sqrt(turn + 0.1))
