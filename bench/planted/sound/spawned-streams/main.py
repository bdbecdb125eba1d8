"""One independent stream for each worker, all from one seed."""
import multiprocessing

import numpy as np


def part(sequence):
    return round(float(np.random.default_rng(sequence).random(100).mean()), 6)


if __name__ == "__main__":
    with multiprocessing.get_context("fork").Pool(2) as pool:
        print(pool.map(part, np.random.SeedSequence(9).spawn(6)))
