"""Is a typed name the one that is held? What entry folds is forgiven, and for alphabets small and capital letters."""

import hmac
import unicodedata

from shared.persons.names import normal_name

#: Who does not see or cannot type what stands between the parts leaves it out, or takes another: it tells nobody apart.
_BETWEEN = dict.fromkeys(map(ord, "· -."))


def same_name(typed: str, held: str) -> bool:
    """Tell in constant time whether a typed name is the held one."""
    return hmac.compare_digest(
        comparable(typed).encode("utf-8", "replace"), comparable(held).encode("utf-8", "replace")
    )


def comparable(name: str) -> str:
    """Return what two spellings of one name have in common."""
    folded = normal_name(name).translate(_BETWEEN).casefold()
    # Turkish has two letters i: capitals, and keyboards without them, give the one.
    return unicodedata.normalize("NFC", folded.replace("i\u0307", "i").replace("ı", "i"))
