"""As many workers as processors; the results come in order."""
import multiprocessing
import os


def square(number):
    return number * number


if __name__ == "__main__":
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        print(pool.map(square, range(20)))
