"""Plans which tiles have to be fetched, and where they will lie."""
from pathlib import Path

TILES = [(2, 1), (2, 3), (3, 1)]
cache = Path.home() / ".tiles"

with open("plan.txt", "w", encoding="utf-8") as out:
    for zoom, column in TILES:
        out.write(f"{cache / str(zoom) / str(column)}.png\n")
