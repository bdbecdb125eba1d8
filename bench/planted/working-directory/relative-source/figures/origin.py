"""Where a figure came from."""
import os.path


def origin(path):
    """The file, as the reader of the notes would type it."""
    return os.path.relpath(path)
