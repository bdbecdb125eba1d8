import os


def owner_id():
    """The number of who submits."""
    return os.getuid()
