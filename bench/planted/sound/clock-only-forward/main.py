"""Asserts that the clock is set at all."""
from datetime import datetime

assert datetime.now().year >= 2000, "set the clock"
with open("schedule.txt", "w", encoding="utf-8") as out:
    out.writelines(f"{datetime(2024, 1, day):%a %d}\n" for day in range(1, 8))
