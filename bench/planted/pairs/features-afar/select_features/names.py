def numeric_names(table):
    """Names of the columns that hold numbers."""
    numeric = set(table.columns) - {"who"}
    return [name for name in numeric]
