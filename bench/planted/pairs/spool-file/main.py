"""Plans the names of spool files."""
from spool.names import spool_name

with open("spool.txt", "w", encoding="utf-8") as out:
    for document in ("letter", "invoice"):
        out.write(spool_name(document) + "\n")
