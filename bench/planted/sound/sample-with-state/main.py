import pandas as pd

table = pd.read_csv("rows.csv")
table.sample(3, random_state=12).sort_index().to_csv("sampled.csv", index=False)
