import multiprocessing

from joblib import Parallel, delayed


def cube(number):
    return number**3


workers = min(4, multiprocessing.cpu_count())
print(Parallel(n_jobs=workers, prefer="threads")(delayed(cube)(n) for n in range(12)))
