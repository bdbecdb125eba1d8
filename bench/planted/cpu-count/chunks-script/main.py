"""Sums logarithms in as many chunks as there are processors."""
import math
import os

VALUES = [math.log(n) * 1e-3 for n in range(1, 5000)]
chunks = os.cpu_count()
size = -(-len(VALUES) // chunks)
partial = [sum(VALUES[start : start + size]) for start in range(0, len(VALUES), size)]
with open("total.txt", "w", encoding="utf-8") as out:
    out.write(f"{sum(partial)!r} from {len(partial)} parts\n")
