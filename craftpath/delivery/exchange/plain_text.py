"""Text files from outside, in the encodings that offices use: UTF-8, UTF-16 with its mark, and Chinese GB18030."""

from __future__ import annotations

import codecs
import re

_CHINESE = re.compile(r"[\u3400-\u9fff]")


def decoded(content: bytes) -> tuple[str, str] | None:
    """The text and the name of its encoding; None if it is no text in any of them."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = ["utf-16"]
    elif b"\x00" in content:
        return None
    else:
        candidates = ["utf-8-sig", "gb18030"]
    for encoding in candidates:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text.removeprefix("\ufeff"), "utf-8" if encoding == "utf-8-sig" else encoding
    return None


def has_chinese(words: str) -> bool:
    """Whether Chinese letters stand in a text, which tells its language where nobody else does."""
    return bool(_CHINESE.search(words))
