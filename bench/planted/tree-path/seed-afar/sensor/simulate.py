import numpy as np

from sensor.seeding import project_seed


def readings(size):
    """Readings with noise, rounded as the sensor does."""
    generator = np.random.default_rng(project_seed())
    return np.round(20 + generator.normal(0, 0.5, size), 2).tolist()
