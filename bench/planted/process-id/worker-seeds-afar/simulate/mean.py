import multiprocessing

from simulate.worker import part


def mean(size):
    """The mean over three workers' parts."""
    with multiprocessing.get_context("fork").Pool(1) as pool:
        return sum(pool.map(part, [size] * 3)) / 3
