"""Shuffles the reading order and names the worker that did it."""
import multiprocessing
import random


def shuffled(names):
    names = list(names)
    random.shuffle(names)
    return names, multiprocessing.current_process().pid


if __name__ == "__main__":
    with multiprocessing.get_context("fork").Pool(1) as pool:
        order, worker = pool.apply(shuffled, [[f"chapter {n}" for n in range(1, 15)]])
    print(*order, sep=", ")
    print("by worker", worker)
