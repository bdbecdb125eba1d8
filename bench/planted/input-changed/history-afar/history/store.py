import pandas as pd


def load(path):
    return pd.read_csv(path)


def save(table, path):
    table.to_csv(path, index=False)
