"""Writes the budget as people of the place write numbers."""
import locale

BUDGET = {"rent": 14250.5, "paper": 1130.25, "travel": 9800}

try:
    place = locale.setlocale(locale.LC_ALL, "")
except locale.Error:
    place = "unknown"
with open("budget.txt", "wb") as out:
    out.write(f"# as in {place}\n".encode())
    for item, cost in BUDGET.items():
        out.write(f"{item}: {cost:n}\n".encode("utf-8"))
