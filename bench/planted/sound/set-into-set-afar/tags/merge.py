from tags.closure import closure


def merged(groups):
    """All tags, in order."""
    return sorted(closure(groups))
