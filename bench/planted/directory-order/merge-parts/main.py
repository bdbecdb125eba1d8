"""Puts the parts of a survey together into one table."""
import os

rows = ["station,value"]
for name in os.listdir("parts"):
    with open(os.path.join("parts", name), encoding="utf-8") as part:
        rows += part.read().splitlines()[1:]
with open("merged.csv", "w", encoding="utf-8") as out:
    out.write("\n".join(rows) + "\n")
print(len(rows) - 1, "rows")
