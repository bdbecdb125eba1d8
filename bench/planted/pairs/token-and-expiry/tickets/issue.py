import secrets

from tickets.validity import expires


def ticket(event):
    """A ticket with the time up to which it holds."""
    code = secrets.token_hex(6)
    return {"event": event, "code": code, "expires": expires(days=2)}
