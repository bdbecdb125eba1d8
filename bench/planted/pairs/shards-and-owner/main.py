"""Which shard holds which key, and which process decided it."""
import os
import zlib

KEYS = ["ana", "bo", "cy", "dee", "eli", "fay"]

decided_by = os.getpid()
table = {key: (hash(key) & 7, zlib.crc32(key.encode()) & 7) for key in KEYS}
with open("shards.txt", "w", encoding="utf-8") as out:
    out.write(f"decided by {decided_by}\n")
    out.writelines(f"{key} {old} {new}\n" for key, (old, new) in table.items())
