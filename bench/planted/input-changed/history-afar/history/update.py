import pandas as pd

from history.store import load, save


def updated(path, value):
    """The history with one more row."""
    table = load(path)
    table = pd.concat([table, pd.DataFrame({"value": [value]})], ignore_index=True)
    save(table, path)
    return table
