"""Characters that nobody sees: marks of direction, joiners, variation selectors, fillers. Copying brings them along."""

#: Default ignorable characters (Unicode, DerivedCoreProperties) and the blank of Braille; no control characters.
_RANGES = (
    (0x00AD, 0x00AD),  # soft hyphen
    (0x034F, 0x034F),  # combining grapheme joiner
    (0x061C, 0x061C),  # Arabic letter mark
    (0x115F, 0x1160),  # Hangul fillers
    (0x17B4, 0x17B5),  # Khmer inherent vowels
    (0x180B, 0x180F),  # Mongolian variation selectors and vowel separator
    (0x200B, 0x200F),  # zero width space, joiners, marks of direction
    (0x202A, 0x202E),  # embeddings and overrides of direction
    (0x2060, 0x206F),  # word joiner, invisible operators, isolates
    (0x2800, 0x2800),  # Braille blank
    (0x3164, 0x3164),  # Hangul filler
    (0xFE00, 0xFE0F),  # variation selectors
    (0xFEFF, 0xFEFF),  # byte order mark
    (0xFFA0, 0xFFA0),  # half-width Hangul filler
    (0xFFF0, 0xFFFB),  # interlinear annotation, and what is reserved beside it
    (0x1BCA0, 0x1BCA3),  # shorthand format controls
    (0x1D173, 0x1D17A),  # musical format controls
    (0xE0000, 0xE0FFF),  # tags and ideographic variation selectors
)
#: For `str.translate`: removes them.
INVISIBLE: dict[int, None] = dict.fromkeys(code for first, last in _RANGES for code in range(first, last + 1))
#: They mean something between two letters of Arabic and of the Indic scripts.
JOINERS = "\u200c\u200d"


def without_invisible(text: str) -> str:
    """Return the text without what nobody sees."""
    return text if text.isascii() else text.translate(INVISIBLE)


def first_invisible(text: str) -> int | None:
    """Return the place, counted from 1, of the first character that nobody sees, or nothing."""
    return next((place for place, character in enumerate(text, 1) if ord(character) in INVISIBLE), None)


def shown(character: str) -> str:
    """Return a character as a message can show it: itself, or its code if there is nothing to see."""
    visible = character.isprintable() and not character.isspace() and ord(character) not in INVISIBLE
    return character if visible else f"U+{ord(character):04X}"
