from datetime import datetime


def local_day(epoch):
    """The day on which a reading was taken."""
    return datetime.fromtimestamp(int(epoch)).date().isoformat()
