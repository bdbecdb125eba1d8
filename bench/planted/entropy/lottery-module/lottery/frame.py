def households():
    """Every household on the list, by street and number."""
    return [f"{street} {number}" for street in ("Elm", "Oak", "Ash") for number in range(1, 30)]
