"""What the body of a page is made of."""

from home.blocks.body import BodyBlock

__all__ = ["BodyBlock"]
