"""What stands in `phrases.<language>.yml`."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class PhraseFile(BaseModel):
    """The shape of `phrases.<language>.yml`; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    yes: tuple[str, ...]
    no: tuple[str, ...]
    unclear: tuple[str, ...] = ()
    later: tuple[str, ...]
    why: tuple[str, ...]
    enough: tuple[str, ...]
    stop: tuple[str, ...]
    fillers: tuple[str, ...]
    everything: tuple[str, ...]
    forget: tuple[str, ...]
    question_openers: tuple[str, ...]
    request_openers: tuple[str, ...]
    small_words: tuple[str, ...]
