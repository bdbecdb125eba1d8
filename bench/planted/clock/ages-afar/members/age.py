from datetime import datetime, timezone


def years_since(day):
    """Days lived so far."""
    today = datetime.now(timezone.utc).date()
    return (today - day).days
