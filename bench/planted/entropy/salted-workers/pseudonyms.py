import hashlib


def pseudonym(salt, name):
    return hashlib.blake2b(name.encode(), salt=salt, digest_size=6).hexdigest()
