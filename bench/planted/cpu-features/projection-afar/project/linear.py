import numpy as np

DIRECTIONS = 1.0 / np.arange(1.0, 601.0).reshape(30, 20)


def transform(points):
    return points @ DIRECTIONS
