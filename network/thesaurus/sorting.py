"""Names in the order in which readers of a language look for them."""

import unicodedata

_ALEFS = str.maketrans("أإآٱ", "اااا")


def sort_key(name: str, language: str) -> tuple:
    """A simple key: accents do not count but to decide between equals; Chinese goes by pinyin."""
    if language.startswith("zh"):
        # The common characters of GB 2312 stand in the order of their pinyin.
        return (name.encode("gb18030", "replace"),)
    folded = name.casefold()
    if language == "ar":
        folded = folded.translate(_ALEFS).removeprefix("ال")
    bare = "".join(sign for sign in unicodedata.normalize("NFD", folded) if not unicodedata.combining(sign))
    return (bare, folded)
