"""How old the members are."""
from members.table import rows

with open("ages.csv", "w", encoding="utf-8") as out:
    for name, age in rows("members.csv"):
        out.write(f"{name},{age}\n")
