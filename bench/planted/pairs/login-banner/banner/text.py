import getpass

from banner.machine import short_name


def banner(title):
    """Title, person and machine."""
    person = getpass.getuser()
    return f"{title} ({person}@{short_name()})"
