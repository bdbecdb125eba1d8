from install.modes import current_mask


def plan(names):
    """Each file with the mode that it will have."""
    mask = current_mask()
    return [(name, (0o777 if name.startswith("bin/") else 0o666) & ~mask) for name in names]
