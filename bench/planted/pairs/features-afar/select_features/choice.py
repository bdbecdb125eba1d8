import time

from select_features.names import numeric_names


def choice(table):
    """The numeric features with their spread, stamped."""
    spread = table[numeric_names(table)].std().to_frame("spread")
    spread["chosen"] = time.time_ns()
    return spread
