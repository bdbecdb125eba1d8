"""Means of all tables that are there."""
import pandas as pd

from tables import all_tables

found = all_tables()
means = {name: float(table["value"].mean()) for name, table in found.items()}
print(pd.Series(means, dtype=float).describe().round(4).to_string())
print(len(found), "tables")
