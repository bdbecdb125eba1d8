"""Lists photos with the hour in which they were taken."""
import os
from datetime import datetime
from pathlib import Path

lines = []
for entry in os.scandir("photos"):
    seconds = int(Path(entry.path).read_text(encoding="ascii"))
    taken = datetime.fromtimestamp(seconds)
    lines.append(f"{entry.name} {taken:%Y-%m-%d %H:00}")
Path("photos.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
