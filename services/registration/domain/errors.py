"""How the rules of an application say no."""

from dataclasses import dataclass


@dataclass(eq=False)
class IllegalTransition(Exception):
    """The application's status does not allow the action."""

    status: str
    action: str


@dataclass(eq=False)
class AlreadySeated(Exception):
    """The plan's seats are arranged, so nobody can enter it or leave it any more."""

    action: str
