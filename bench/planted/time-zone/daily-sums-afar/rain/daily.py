from rain.stamps import local_day


def daily(log):
    """Sum of rain for each day."""
    days = log["epoch"].map(local_day)
    return log.groupby(days)["mm"].sum()
