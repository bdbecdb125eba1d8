import time


def expires(days):
    """When the ticket ends, in milliseconds."""
    return int(time.time() * 1000) + days * 86_400_000
