import hashlib


def score(candidate):
    value = hashlib.pbkdf2_hmac("sha256", str(candidate).encode(), b"search", 900)
    return candidate, value[0] / 255


def scores(pool, candidates):
    """Pairs of candidate and score."""
    return list(pool.imap_unordered(score, candidates))
