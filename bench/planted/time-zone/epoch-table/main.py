"""Writes when the sensor was read, in readable time."""
import time

READINGS = [(1700000000, 3.5), (1700003600, 3.9), (1705003600, 1.2)]


def readable(seconds):
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(seconds))


with open("readings.txt", "w", encoding="utf-8") as out:
    for seconds, value in READINGS:
        out.write(f"{readable(seconds)}\t{value}\n")
