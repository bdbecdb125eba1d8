def rows(path):
    """The cells of each line."""
    with open(path) as file:
        return [line.rstrip("\n").split(";") for line in file]
