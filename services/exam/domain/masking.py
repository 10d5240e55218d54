"""How a name is shown to staff who need not know it all."""


def mask_name(name: str) -> str:
    """Return the first character and a star: 张三 becomes 张*."""
    return f"{name[:1]}*"
