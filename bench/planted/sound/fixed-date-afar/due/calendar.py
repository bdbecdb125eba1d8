from datetime import datetime, timedelta

ISSUED = "2024-02-20"


def due_day(days):
    """The last day of payment, counted from the day of issue."""
    return datetime.strptime(ISSUED, "%Y-%m-%d") + timedelta(days=days)
