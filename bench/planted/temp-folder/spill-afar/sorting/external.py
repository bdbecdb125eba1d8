import heapq

from sorting.spill import spilled


def sort(values, memory):
    """The sorted values and where the pieces lay."""
    pieces = [values[start : start + memory] for start in range(0, len(values), memory)]
    folder, read = spilled(sorted(piece) for piece in pieces)
    return {"sorted": list(heapq.merge(*read)), "spilled to": folder}
