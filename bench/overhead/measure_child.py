"""measure_child.py REPORT PROGRAM [ARGUMENT ...]: runs the program and writes to REPORT its wall time and processor time in
seconds, its largest resident set in KiB and its exit code, its own children counted in. Run with `python -I -S`, so that
what watches the program does not watch this."""

import os
import sys
import time

report, argv = sys.argv[1], sys.argv[2:]
start = time.perf_counter()
child = os.posix_spawnp(argv[0], argv, os.environ)
_, status, used = os.wait4(child, 0)
seconds = time.perf_counter() - start
code = os.waitstatus_to_exitcode(status) if hasattr(os, "waitstatus_to_exitcode") else status >> 8
with open(report, "w") as file:
    print(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss, code, file=file)
sys.exit(code if code >= 0 else 128 - code)
