from datetime import datetime

from experiment.draw import treatment


def recorded(size):
    """The plan and the moment in which it was made."""
    plan = treatment(size)
    return {"plan": plan, "made": datetime.today().timestamp()}
