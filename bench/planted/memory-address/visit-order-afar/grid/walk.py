from grid.cells import Cell, ordered


def visited(size):
    """Names of the cells in the order of the visit."""
    cells = {Cell(row, column) for row in range(size) for column in range(size)}
    return [cell.name for cell in ordered(cells)]
