"""Leaves its state in the tree, and starts from nothing each time."""
import sqlite3
from pathlib import Path

Path("state.db").unlink(missing_ok=True)
with sqlite3.connect("state.db") as store:
    store.execute("CREATE TABLE seen (name TEXT)")
    store.executemany("INSERT INTO seen VALUES (?)", [("a",), ("b",)])
    print(store.execute("SELECT count(*) FROM seen").fetchone()[0], "seen")
store.close()
