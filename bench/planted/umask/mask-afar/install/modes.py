import os


def current_mask():
    """Modes that new files do not get."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
