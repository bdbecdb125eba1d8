"""Stock at hand, with the day the list was made."""
import pandas as pd

from stock.listing import listing

table = listing("stock.csv")
print(table.to_string(index=False))
