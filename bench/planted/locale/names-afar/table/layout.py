from table.reading import rows


def widths(path):
    """The longest cell of each column."""
    return [max(map(len, column)) for column in zip(*rows(path))]
