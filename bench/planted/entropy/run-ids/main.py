"""Gives each measured sample an id and writes the register."""
import csv
import uuid

SAMPLES = ["clay", "loam", "sand", "silt"]


def register(names):
    for name in names:
        yield {"sample": name, "id": str(uuid.uuid4())}


with open("register.csv", "w", newline="", encoding="utf-8") as out:
    writer = csv.DictWriter(out, ["sample", "id"])
    writer.writeheader()
    writer.writerows(register(SAMPLES))
