"""Starts all that records: what has to look first comes first."""

from . import audit, ends


def start(settings):
    ends.start(settings)
    audit.start(settings)
