"""Train a small forest that tells barley varieties apart, evaluate it and keep it.

    python src/train_model.py --seed 42 --save-path models/model_v1.json
"""

import argparse
import json
import logging
import platform
import random
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import sklearn
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import accuracy_score, confusion_matrix, f1_score

ROOT = Path(__file__).resolve().parent.parent
PROCESSED = ROOT / "data" / "processed"
RESULTS = ROOT / "results"
LOG = ROOT / "logs" / "training.log"

NOT_FEATURES = ["plot_id", "measured_on", "site", "variety"]

logger = logging.getLogger("train_model")


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


def describe_environment() -> None:
    """Name the environment: its versions on the console alone.

    In the log file they would count as a changed result on each upgrade, even where every number stays the same; which
    versions were used is for a lock file to say.
    """
    logger.info("environment: %s with numpy, pandas, scikit-learn", platform.python_implementation())
    print(
        f"python {platform.python_version()}, numpy {np.__version__}, "
        f"pandas {pd.__version__}, scikit-learn {sklearn.__version__}",
        file=sys.stderr,
    )


def load_table(name: str) -> tuple[pd.DataFrame, pd.Series]:
    """Read one of the processed tables.

    :param name: ``train`` or ``test``.
    :return: the features, and the variety of each row.
    """
    table = pd.read_csv(PROCESSED / f"{name}.csv")
    return table.drop(columns=NOT_FEATURES), table["variety"]


def train(features: pd.DataFrame, varieties: pd.Series, seed: int, trees: int) -> RandomForestClassifier:
    """Fit the forest. Trees compare and count, so the result does not hang on a machine's linear algebra library."""
    model = RandomForestClassifier(n_estimators=trees, max_depth=4, min_samples_leaf=3, random_state=seed)
    return model.fit(features, varieties)


def evaluate(model: RandomForestClassifier, features: pd.DataFrame, varieties: pd.Series) -> dict:
    """Score the model on rows that it has not seen: accuracy, macro F1 and the confusion matrix."""
    predicted = model.predict(features)
    return {
        "rows": len(varieties),
        "accuracy": float(accuracy_score(varieties, predicted)),
        "f1_macro": float(f1_score(varieties, predicted, average="macro")),
        "varieties": [str(name) for name in model.classes_],
        "confusion": confusion_matrix(varieties, predicted, labels=model.classes_).tolist(),
    }


def describe(model: RandomForestClassifier) -> dict:
    """The forest as plain data: JSON can be read by anything, in ten years too, and is safe to open (a pickle is not).

    A node at position i sends a row to ``left[i]`` where ``feature[i] <= threshold[i]``, else to ``right[i]``;
    -1 marks a leaf, and ``share[i]`` gives the varieties' shares there.
    """
    trees = []
    for tree in (estimator.tree_ for estimator in model.estimators_):
        leaf = tree.children_left == -1
        trees.append(
            {
                "left": tree.children_left.tolist(),
                "right": tree.children_right.tolist(),
                "feature": np.where(leaf, -1, tree.feature).tolist(),
                "threshold": np.where(leaf, 0.0, tree.threshold).tolist(),
                "share": [node[0].tolist() for node in tree.value],
            }
        )
    return {
        "kind": "random forest",
        "features": [str(name) for name in model.feature_names_in_],
        "varieties": [str(name) for name in model.classes_],
        "trees": trees,
    }


def write_json(path: Path, content: dict, indent: int | None = None) -> None:
    """Write ``content`` with a newline at its end, making the folder where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=indent) + "\n", encoding="utf-8")


def main(arguments: list[str] | None = None) -> None:
    """Train, evaluate, and write the model, its metrics and the log."""
    parser = argparse.ArgumentParser(description="Train and evaluate the variety classifier.")
    parser.add_argument("--seed", type=int, default=42)
    parser.add_argument("--trees", type=int, default=8)
    parser.add_argument("--save-path", "--save_path", type=Path, default=Path("models/model_v1.json"))
    options = parser.parse_args(arguments)

    start_log(LOG)
    set_seeds(options.seed)
    describe_environment()
    logger.info("seed %d, %d trees", options.seed, options.trees)

    features, varieties = load_table("train")
    logger.info("training on %d rows, %d features", *features.shape)
    model = train(features, varieties, options.seed, options.trees)
    metrics = evaluate(model, *load_table("test"))
    logger.info("accuracy %.4f, macro F1 %.4f", metrics["accuracy"], metrics["f1_macro"])

    write_json(ROOT / options.save_path, describe(model))
    write_json(RESULTS / "metrics.json", {"seed": options.seed, **metrics}, indent=2)
    logger.info("model saved to %s", options.save_path.as_posix())
    print(f"trained: accuracy {metrics['accuracy']:.4f} on {metrics['rows']} test rows")


if __name__ == "__main__":
    main()
