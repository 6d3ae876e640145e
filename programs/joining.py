"""Helps put together from parts: all sentences one after the other, and all their figures. Pure."""

from __future__ import annotations

from programs.tailoring import Help


def joined(*parts: Help) -> Help:
    """One help that says what its parts say, in their order."""
    sentences = (sentence for part in parts for sentence in part.sentences)
    return Help(tuple(sentences), tuple(figure for part in parts for figure in part.figures))
