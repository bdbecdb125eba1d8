import hashlib
from pathlib import Path

digest = hashlib.sha256(Path("data.txt").read_bytes()).hexdigest()
print(digest[:20], int(digest, 16) % 8)
