"""Visits all cells reachable in a grid."""
from grid.walk import visited

with open("visited.txt", "w", encoding="utf-8") as out:
    out.write("\n".join(visited(180)[:500]) + "\n")
