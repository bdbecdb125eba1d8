def read(path):
    """The text of a file that is written in UTF-8 wherever it is read."""
    with open(path, encoding="utf-8") as file:
        return file.read()
