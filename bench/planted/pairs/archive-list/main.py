"""Lists an archive's entries with full path and date."""
from pathlib import Path

from listing.dates import day

ROOT = Path(__file__).parent
for name, seconds in {"a.tif": 1700006400, "b.tif": 1710030000}.items():
    print(ROOT / name, day(seconds))
