"""The whole experiment: clean, train, evaluate.

    python run_experiment.py --seed 42
"""

import argparse
import json

from src import data_clean, train_model


def main() -> None:
    """Run the steps in order and print what came out."""
    parser = argparse.ArgumentParser(description="Clean the data, train the model and evaluate it.")
    parser.add_argument("--seed", type=int, default=42)
    options = parser.parse_args()
    seed = ["--seed", str(options.seed)]

    data_clean.main(seed)
    train_model.main([*seed, "--save-path", "models/model_v1.json"])

    metrics = json.loads((train_model.RESULTS / "metrics.json").read_text(encoding="utf-8"))
    print("confusion (rows: true, columns: predicted)")
    print(" " * 10 + "".join(f"{name:>10}" for name in metrics["varieties"]))
    for name, counts in zip(metrics["varieties"], metrics["confusion"]):
        print(f"{name:>10}" + "".join(f"{count:>10}" for count in counts))


if __name__ == "__main__":
    main()
