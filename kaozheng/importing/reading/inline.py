"""Tags of HTML inside a line of text: paragraphs parted by newlines, all other tags dropped, entities decoded."""

import html
import re

_ATTRIBUTES = r"(?:\s[^<>]{0,2000})?/?>"
_BLOCK = re.compile(rf"</?(?:p|br|div|li|ul|ol|h[1-6]|tr|section|blockquote|center){_ATTRIBUTES}", re.IGNORECASE)
_INLINE = re.compile(
    r"</?(?:html|head|body|table|thead|tbody|tfoot|caption|colgroup|col|span|font|b|i|u|s|em|strong|del|ins"
    rf"|sub|sup|small|big|mark|a|img|code|kbd|o:p|st1:[a-z]+){_ATTRIBUTES}",
    re.IGNORECASE,
)
_CELL = re.compile(rf"</?(?:td|th){_ATTRIBUTES}", re.IGNORECASE)
_COMMENT = re.compile(r"<!--(?:(?!-->|<!--).){0,2000}-->")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def plain(text: str) -> str:
    """Return the text without tags; a newline wherever a browser would begin a new line."""
    if "<" in text:
        broken = _BLOCK.sub("\n", _COMMENT.sub("", text))
        text = re.sub(r"\n{2,}", "\n", _INLINE.sub("", _CELL.sub(" ", broken))).strip("\n")
    return _ENTITY.sub(lambda entity: html.unescape(entity.group()), text) if "&" in text else text
