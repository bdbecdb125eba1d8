from pathlib import Path


def default_cache():
    """Only for those who ask for a cache."""
    return Path.home() / ".cache" / "shapes"


def load(cache=None):
    return [1, 2, 3] if cache is None else list(cache.iterdir())


print(load())
