"""How operations says no, as plain exceptions; the edge turns them into answers."""


class Unreadable(Exception):
    """The request cannot be read as what it claims to be; sending it again would not help."""


class Oversized(Exception):
    """The request would unpack to more than one request may carry."""
