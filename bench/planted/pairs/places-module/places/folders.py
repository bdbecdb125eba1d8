import os.path
import tempfile


def folders():
    """Where the editor keeps things."""
    return {
        "backup": os.path.expanduser("~/backup"),
        "swap": tempfile.gettempdir(),
    }
