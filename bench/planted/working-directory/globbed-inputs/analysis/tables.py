from pathlib import Path

import pandas as pd


def all_tables():
    """Tables by name."""
    paths = sorted(Path("tables").glob("*.csv"))
    return {path.stem: pd.read_csv(path) for path in paths}
