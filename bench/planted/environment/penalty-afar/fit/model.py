from sklearn.linear_model import Ridge

from fit.settings import penalty


def coefficients(rows, target):
    """The fitted coefficients, rounded."""
    model = Ridge(alpha=penalty()).fit(rows, target)
    return [round(float(value), 4) for value in model.coef_]
