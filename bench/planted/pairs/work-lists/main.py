"""Deals files out to workers."""
import multiprocessing
from pathlib import Path

workers = multiprocessing.cpu_count()
files = [path.name for path in Path("jobs").iterdir()]
with open("deal.txt", "w", encoding="utf-8") as out:
    for worker in range(workers):
        out.write(f"{worker}: {' '.join(files[worker::workers])}\n")
