from pathlib import Path


def settings_file():
    """The first settings file in the folder."""
    return next(Path("settings").glob("*.json"))
