"""How a reader says no without knowing the file's name: `read_document` adds that."""


class Refused(Exception):
    """The file cannot be read, for a reason that people are told in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


def too_much(what_zh: str, what_en: str, limit: int) -> Refused:
    """Return the refusal of a document that holds more of something than any standard does."""
    return Refused(
        f"{what_zh}超过上限 {limit:,}，不像一份标准；请确认文件是否正确。",
        f"more than {limit:,} {what_en}, unlike any standard; check that it is the right file",
    )
