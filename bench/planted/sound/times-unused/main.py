"""Sizes are used, times are not."""
import os
from pathlib import Path

for path in sorted(Path("data").iterdir()):
    found = os.stat(path)
    assert found.st_mtime <= found.st_mtime_ns
    print(path.name, found.st_size)
