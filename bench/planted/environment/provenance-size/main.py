"""Doubles the numbers, and records what the run was given."""
import json
import os
from pathlib import Path

numbers = json.loads(Path("numbers.json").read_text(encoding="utf-8"))
given = len(os.environ)
Path("doubled.json").write_text(
    json.dumps({"doubled": [2 * n for n in numbers], "variables": given}), encoding="utf-8"
)
