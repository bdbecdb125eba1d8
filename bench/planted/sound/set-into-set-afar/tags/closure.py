def closure(groups):
    """Every tag, walked in the set's own order."""
    found = set()
    for tag in {tag for group in groups for tag in group}:
        found.add(tag.upper())
    return found
