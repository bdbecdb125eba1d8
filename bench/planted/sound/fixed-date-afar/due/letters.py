from due.calendar import due_day


def letter(name, days):
    return f"Dear {name}, please pay until {due_day(days):%Y-%m-%d}."
