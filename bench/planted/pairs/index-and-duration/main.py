"""Makes an index of words; says when it was ready."""
import time
from pathlib import Path

index = {}
for number, line in enumerate(Path("poem.txt").read_text(encoding="utf-8").splitlines(), 1):
    for word in set(line.split()):
        index.setdefault(word, []).append(number)
ready = time.time_ns()
lines = [f"{word}: {numbers}" for word, numbers in index.items()]
Path("index.txt").write_text("\n".join([f"ready at {ready}", *lines]), encoding="utf-8")
