from walk.source import generator


def ends(walkers, steps):
    """Where each walker ends."""
    source = generator("walk")
    return [sum(source.choice((-1, 1)) for _ in range(steps)) for _ in range(walkers)]
