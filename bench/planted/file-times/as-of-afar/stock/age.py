from pathlib import Path


def changed(path):
    """When the file was changed last, in seconds."""
    return int(Path(path).stat().st_mtime)
