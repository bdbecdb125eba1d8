"""Fetches only what is not there, and it is there."""
import urllib.request
from pathlib import Path

table = Path("table.csv")
if not table.exists():
    urllib.request.urlretrieve("https://data.invalid/table.csv", table)
print(table.read_text(encoding="utf-8").splitlines())
