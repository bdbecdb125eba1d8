from rates.network import online


def source():
    """Which table is used."""
    return "service" if online() else "stored table of 2023"
