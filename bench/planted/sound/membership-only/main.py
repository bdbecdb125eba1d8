"""A set that is only asked."""
from pathlib import Path

known = set(Path("known.txt").read_text(encoding="utf-8").split())
for word in "the cat sat on a mat".split():
    print(word, "known" if word in known else "new")
