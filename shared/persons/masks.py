"""How personal data are shown to those who need not know them all: once for every service."""

_SHOWN = 4
_LONG = 3 * _SHOWN


def mask_name(name: str) -> str:
    """Return the first character and a star for each other: 王*, 欧***; of a single one only a star."""
    return name[0] + "*" * (len(name) - 1) if len(name) > 1 else "*"


def mask_number(number: str) -> str:
    """Return four characters at each end of a long number, one of a short one."""
    shown = _SHOWN if len(number) > _LONG else 1
    return number[:shown] + "*" * (len(number) - 2 * shown) + number[-shown:]


def mask_phone(phone: str) -> str:
    """Return the telephone with the four digits before the last four hidden: 138****0001."""
    return phone[: -2 * _SHOWN] + "****" + phone[-_SHOWN:]
