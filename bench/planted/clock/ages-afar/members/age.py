from datetime import date


def years_since(day):
    """Days lived so far."""
    return (date.today() - day).days
