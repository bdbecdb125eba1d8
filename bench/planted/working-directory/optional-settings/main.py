"""Smooths a series; a settings file may widen the window."""
import configparser
from pathlib import Path

HERE = Path(__file__).parent
settings = configparser.ConfigParser()
settings.read_dict({"smooth": {"window": "1"}})
settings.read("smooth.ini")
window = settings.getint("smooth", "window")

series = [float(line) for line in (HERE / "series.txt").read_text(encoding="utf-8").split()]
for start in range(len(series) - window + 1):
    print(round(sum(series[start : start + window]) / window, 4))
