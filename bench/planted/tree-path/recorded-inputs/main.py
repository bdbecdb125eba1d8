"""A manifest of the inputs with their sizes."""
import json
from pathlib import Path

ROOT = Path(__file__).resolve().parent
manifest = {}
for name in ("a.txt", "b.txt"):
    path = ROOT / "inputs" / name
    manifest[str(path)] = len(path.read_bytes())
with open("manifest.json", "w", encoding="utf-8") as out:
    json.dump(manifest, out, indent=2)
