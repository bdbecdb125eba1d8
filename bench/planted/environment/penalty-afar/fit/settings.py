import os


def penalty():
    """How strongly large coefficients are punished."""
    return float(os.getenv("FIT_PENALTY", "0.5"))
