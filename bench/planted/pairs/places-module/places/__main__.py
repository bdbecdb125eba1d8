"""Writes the settings of an editor."""
import json

from places.folders import folders

with open("editor.json", "w", encoding="utf-8") as out:
    json.dump({"tab": 4, "folders": folders()}, out, indent=1)
