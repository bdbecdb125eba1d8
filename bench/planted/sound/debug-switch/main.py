"""DEBUG only says more on stderr."""
import os
import sys

if os.environ.get("DEBUG"):
    print("debugging", sorted(os.environ)[:3], file=sys.stderr)
print([n for n in range(30) if n % 7 == 3])
