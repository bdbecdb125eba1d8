import secrets


def chosen(frame, size):
    """A sample without replacement."""
    left = list(frame)
    picked = []
    while len(picked) < size:
        picked.append(left.pop(secrets.randbelow(len(left))))
    return sorted(picked)
