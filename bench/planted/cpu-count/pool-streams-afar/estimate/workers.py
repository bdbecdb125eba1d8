import os


def worker_count():
    """One worker for each processor that may be used."""
    return len(os.sched_getaffinity(0))
