"""Work in a few processes at once."""

import os
import sys

from bundle import Fault


def in_processes(items, work):
    """Each item in one of a few processes; the first fault is ours."""
    count = min(len(items), max(1, processors()), 4)
    if count < 2:
        for item in items:
            work(item)
        return
    sys.stdout.flush()
    sys.stderr.flush()
    children = []
    for at in range(count):
        child = os.fork()
        if child == 0:
            code = 1
            try:
                # Every count-th: who starts first takes nothing from the others, and nothing must be shared.
                for item in items[at::count]:
                    work(item)
                code = 0
            except BaseException as error:
                sys.stderr.write("run: %s\n" % error)
                sys.stderr.flush()
            finally:
                os._exit(code)
        children.append(child)
    failed = [child for child in children if os.waitpid(child, 0)[1] != 0]
    if failed:
        raise Fault("the environment could not be made")


def processors():
    try:
        return len(os.sched_getaffinity(0))
    except (AttributeError, OSError):
        return os.cpu_count() or 1
