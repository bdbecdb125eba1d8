import os.path


def results_folder():
    """Where results go unless a folder is named."""
    return os.path.expanduser("~/results")
