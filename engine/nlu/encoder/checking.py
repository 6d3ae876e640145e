"""
Hold a built encoder against numbers that the published one is known for.

Must never accept an encoder because it runs: a wrong graph, or a processor that overflows on 8-bit integers,
runs too.
"""

from __future__ import annotations

from engine.nlu.encoder.encoder import SentenceEncoder
from engine.nlu.encoder.errors import EncoderNotExact

FIRST = "That is a happy person"
KNOWN_COSINES = {  # the example on the encoder's published page
    "That is a happy dog": 0.695,
    "That is a very happy person": 0.943,
    "Today is a sunny day": 0.257,
}
TOLERANCE = 0.002  # of the exact encoder, in another library than the published numbers
CLOSEST_LOSS = (
    0.04  # 1 - cosine of a sentence with itself, in integers and exact; 0.015 where it was measured
)


def check_exact(encoder: SentenceEncoder) -> None:
    """Raise EncoderNotExact unless the known cosines come out."""
    first = encoder.encode(FIRST)
    for text, wanted in KNOWN_COSINES.items():
        found = float(first @ encoder.encode(text))
        if abs(found - wanted) > TOLERANCE:
            raise EncoderNotExact(f"the cosine of two known sentences ({len(text)} letters)", found, wanted)


def check_close(encoder: SentenceEncoder, exact: SentenceEncoder) -> None:
    """Raise EncoderNotExact unless each known sentence comes out as the exact encoder says it, or nearly."""
    for text in (FIRST, *KNOWN_COSINES):
        found = float(encoder.encode(text) @ exact.encode(text))
        if found < 1 - CLOSEST_LOSS:
            raise EncoderNotExact("the cosine of a sentence with itself in 8-bit integers", found, 1.0)
