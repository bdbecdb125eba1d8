"""Reports on the newest measurement."""
import os
from pathlib import Path

paths = sorted(Path("measured").glob("*.txt"))
newest = max(paths, key=os.path.getmtime)
values = [float(word) for word in newest.read_text(encoding="utf-8").split()]
with open("report.txt", "w", encoding="utf-8") as out:
    out.write(f"{newest.name}: {sum(values) / len(values):.3f}\n")
