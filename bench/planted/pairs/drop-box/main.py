"""Prepares a folder for deliveries and describes it."""
import os
import stat
from pathlib import Path

box = Path("box")
box.mkdir(exist_ok=True)
(box / "readme.txt").write_text("Put deliveries here.\n", encoding="utf-8")
owner = os.getuid()
mode = stat.S_IMODE(box.stat().st_mode)
Path("box.txt").write_text(f"owner {owner}, mode {mode:o}\n", encoding="utf-8")
