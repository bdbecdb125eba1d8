"""Clean the raw kernel measurements and split them into a training and a test table.

    python src/data_clean.py --seed 42
"""

import argparse
import logging
import random
import sys
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
RAW = ROOT / "data" / "raw" / "barley_kernels.csv"
PROCESSED = ROOT / "data" / "processed"
LOG = ROOT / "logs" / "cleaning.log"

FEATURES = [
    "kernel_length_mm",
    "kernel_width_mm",
    "kernel_thickness_mm",
    "thousand_kernel_weight_g",
    "protein_percent",
    "moisture_percent",
]
# What a caliper, a scale and a grain analyser can read on a barley kernel; anything outside is a slip of the pen.
PLAUSIBLE = {
    "kernel_length_mm": (5.0, 13.0),
    "kernel_width_mm": (2.0, 5.0),
    "kernel_thickness_mm": (1.5, 4.0),
    "thousand_kernel_weight_g": (20.0, 70.0),
    "protein_percent": (6.0, 20.0),
    "moisture_percent": (8.0, 20.0),
}

logger = logging.getLogger("data_clean")


def set_seeds(seed: int) -> None:
    """Seed both generators: ``random`` and NumPy do not share their state."""
    random.seed(seed)
    np.random.seed(seed)


def start_log(path: Path) -> None:
    """Log to ``path`` and to standard error.

    The file carries no clock: it belongs to the results, and a time of day would make every run differ from the last.
    It is written anew by each run for the same reason.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    logger.handlers.clear()
    logger.setLevel(logging.INFO)
    logger.propagate = False
    to_file = logging.FileHandler(path, mode="w", encoding="utf-8")
    to_file.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    to_console = logging.StreamHandler(sys.stderr)
    to_console.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger.addHandler(to_file)
    logger.addHandler(to_console)


def load_raw(path: Path) -> pd.DataFrame:
    """Read the raw table as text, so that every repair below is ours and not the reader's guess.

    :param path: the CSV file as it was typed in.
    :return: one row a plot, all columns as strings, missing values empty.
    """
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def clean(raw: pd.DataFrame) -> pd.DataFrame:
    """Mend what can be mended and drop the rest.

    :param raw: the table from :func:`load_raw`.
    :return: plots with a known variety, numeric features without gaps, sorted by plot.
    """
    table = raw.drop_duplicates().copy()
    logger.info("%d rows read, %d duplicates dropped", len(raw), len(raw) - len(table))

    for column in ("site", "variety"):
        table[column] = table[column].str.strip().str.title()
    for column in FEATURES:
        numbers = pd.to_numeric(table[column].str.replace(",", "."), errors="coerce")
        low, high = PLAUSIBLE[column]
        table[column] = numbers.where(numbers.between(low, high))

    labelled = table[table["variety"] != ""].copy()
    logger.info("%d rows without a variety dropped", len(table) - len(labelled))

    gaps = int(labelled[FEATURES].isna().sum().sum())
    for column in FEATURES:
        medians = labelled.groupby("variety")[column].transform("median").round(2)
        labelled[column] = labelled[column].fillna(medians)
    logger.info("%d missing or implausible values replaced by their variety's median", gaps)
    return labelled.sort_values("plot_id").reset_index(drop=True)


def split(table: pd.DataFrame, test_share: float) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Draw the same share of each variety for the test table; the rest is for training.

    :param table: the cleaned table.
    :param test_share: between 0 and 1.
    :return: training table, test table; the training rows are shuffled, the test rows are in plot order.
    """
    chosen: list[int] = []
    for _, rows in table.groupby("variety"):
        order = np.random.permutation(rows.index.to_numpy())
        chosen.extend(int(i) for i in order[: round(len(order) * test_share)])
    test_rows = sorted(chosen)
    train_rows = [int(i) for i in table.index.difference(test_rows)]
    random.shuffle(train_rows)
    return table.loc[train_rows], table.loc[test_rows]


def main(arguments: list[str] | None = None) -> None:
    """Read, clean, split and write both tables."""
    parser = argparse.ArgumentParser(description="Clean the raw measurements and split them.")
    parser.add_argument("--seed", type=int, default=42)
    parser.add_argument("--test-share", type=float, default=0.25)
    options = parser.parse_args(arguments)

    start_log(LOG)
    set_seeds(options.seed)
    logger.info("seed %d, test share %s", options.seed, options.test_share)

    train, test = split(clean(load_raw(RAW)), options.test_share)
    PROCESSED.mkdir(parents=True, exist_ok=True)
    train.to_csv(PROCESSED / "train.csv", index=False, lineterminator="\n")
    test.to_csv(PROCESSED / "test.csv", index=False, lineterminator="\n")
    logger.info("%d rows for training, %d for testing", len(train), len(test))
    print(f"cleaned: {len(train)} training rows, {len(test)} test rows")


if __name__ == "__main__":
    main()
