import json

from model.settings import settings_file


def decay(steps):
    """Pairs of time and what is left."""
    rate = json.loads(settings_file().read_text(encoding="utf-8"))["rate"]
    return [(step, (1 - rate) ** step) for step in range(steps)]
