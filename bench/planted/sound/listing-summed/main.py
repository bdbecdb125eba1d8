"""Whole numbers may be added in any order."""
from pathlib import Path

total = sum(int(path.read_text(encoding="ascii")) for path in Path("counts").iterdir())
print("in all", total, "in", len(list(Path("counts").glob("*.txt"))), "files")
