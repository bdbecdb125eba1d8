"""Paths are built from the script's place, and shown relative to it."""
from pathlib import Path

HERE = Path(__file__).resolve().parent
for path in sorted((HERE / "data").glob("*.csv")):
    print(path.relative_to(HERE).as_posix(), path.stat().st_size)
