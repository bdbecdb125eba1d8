"""Counts its runs in a file beside the results."""
from pathlib import Path

counter = Path("runs.txt")
runs = int(counter.read_text(encoding="utf-8")) + 1
counter.write_text(f"{runs}\n", encoding="utf-8")
Path("result.txt").write_text(f"run {runs}: {sum(range(10))}\n", encoding="utf-8")
