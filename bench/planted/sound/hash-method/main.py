"""pandas hashes with a key of its own."""
import pandas as pd

print((pd.util.hash_pandas_object(pd.Series(["a", "b", "c"]), index=False) % 1000).tolist())
