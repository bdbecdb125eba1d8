import pandas as pd

from stock.age import changed


def listing(path):
    """The list with the day from which it is."""
    table = pd.read_csv(path)
    table["as_of"] = pd.Timestamp(changed(path), unit="s").isoformat()
    return table
