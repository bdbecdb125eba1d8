import hmac
import secrets


def matches(word, known):
    """Compares under a fresh key, so that timing tells nothing."""
    key = secrets.token_bytes(16)
    digests = [hmac.new(key, text.encode(), "sha256").digest() for text in (word, known)]
    return secrets.compare_digest(*digests)
