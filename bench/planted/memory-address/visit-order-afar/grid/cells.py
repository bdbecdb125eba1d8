class Cell:
    """A place in the grid; two are equal only where they are the same."""

    __slots__ = ("name",)

    def __init__(self, row, column):
        self.name = f"{row}/{column}"


def ordered(cells):
    """The cells, each once."""
    return list(cells)
