"""The holder's name: one form to sign and compare, and one to show to strangers."""

import hmac
import re
import unicodedata


def normalise_name(name: str) -> str:
    """Return the name in NFC with single spaces; raise `ValueError` if it is empty or not valid Unicode."""
    name = re.sub(r"\s+", " ", unicodedata.normalize("NFC", name)).strip()
    name.encode()  # a lone surrogate cannot be signed
    if not name:
        raise ValueError("the name is empty")
    return name


def same_name(typed: str, held: str) -> bool:
    """Tell in constant time whether a typed name is the held one: width, spaces, middle dots and case do not matter."""
    return hmac.compare_digest(_comparable(typed), _comparable(held))


def mask_name(name: str) -> str:
    """Return the name as strangers may see it: 王*, 欧***, 阿*********."""
    return name[0] + "*" * (len(name) - 1) if len(name) > 1 else "*"


def _comparable(name: str) -> bytes:
    folded = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\s·・•‧∙⋅.]", "", folded).encode("utf-8", "replace")
