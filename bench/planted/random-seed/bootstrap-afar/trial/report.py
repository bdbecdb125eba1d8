import pandas as pd

from trial.resampling import means


def summarise(values, rounds=200):
    """Mean and interval of the mean."""
    drawn = pd.Series(means(values.to_numpy(), rounds))
    interval = {"low": drawn.quantile(0.05), "high": drawn.quantile(0.95)}
    return pd.Series({"mean": values.mean(), "error": drawn.std(), **interval})
