"""Notes for each figure which file it came from."""
import json
from pathlib import Path

from figures.origin import origin

data = Path(__file__).resolve().parent / "data"
notes = {}
for path in sorted(data.glob("*.csv")):
    with path.open(encoding="utf-8") as file:
        notes[path.stem] = {"from": origin(path), "rows": sum(1 for _ in file)}
print(json.dumps(notes, indent=1))
