"""Warns on stderr where it was slow."""
import sys
import time

start = time.perf_counter()
primes = [n for n in range(2, 2000) if all(n % d for d in range(2, int(n**0.5) + 1))]
took = time.perf_counter() - start
if took > 60:
    print("that was slow", file=sys.stderr)
print(len(primes), "primes, the last is", primes[-1])
