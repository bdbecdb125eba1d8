from jobs.owner import owner_id


def ticket(name, minutes):
    """What the queue wants to know of a job."""
    queue = "short" if minutes < 30 else "long"
    return {"name": name, "queue": queue, "owner": owner_id()}
