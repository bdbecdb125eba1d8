def columns_for(values):
    """The distinct values that are not missing."""
    distinct = frozenset(values.dropna())
    return [str(value) for value in distinct]
