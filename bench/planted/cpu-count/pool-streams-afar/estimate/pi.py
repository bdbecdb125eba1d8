import multiprocessing

import numpy as np

from estimate.workers import worker_count


def hits(seed, size):
    points = np.random.default_rng(seed).random((size, 2))
    return int(((points**2).sum(axis=1) < 1).sum())


def estimate(points):
    """Pi from so many points, shared among the workers."""
    workers = worker_count()
    share = points // workers
    with multiprocessing.get_context("fork").Pool(workers) as pool:
        found = pool.starmap(hits, [(seed, share) for seed in range(workers)])
    return 4 * sum(found) / (share * workers)
