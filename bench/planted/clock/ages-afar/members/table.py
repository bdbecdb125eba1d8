import csv
from datetime import date

from members.age import years_since


def rows(path):
    """Name and age in days of each member."""
    with open(path, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield row["name"], years_since(date.fromisoformat(row["born"]))
