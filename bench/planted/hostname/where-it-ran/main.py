"""Integrates a curve, and notes where that was done."""
import json
import socket


def area(heights, step):
    return sum((a + b) / 2 * step for a, b in zip(heights, heights[1:]))


result = {
    "area": area([0.0, 1.5, 2.5, 1.0], 0.5),
    "machine": socket.gethostname(),
}
with open("area.json", "w", encoding="utf-8") as out:
    json.dump(result, out)
