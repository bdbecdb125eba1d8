import numpy as np


def write_points(path, points):
    """Full precision, in NumPy's own format."""
    np.save(path, points)
