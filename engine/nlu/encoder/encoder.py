"""
Sentences to numbers, at run time: a tokenizer and an onnxruntime session, nothing else.

Must never raise for a text, whatever is in it: a message of a person is a message. One sentence is encoded
at a time, so that its numbers are the same in training and in a conversation.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Tokenizer

from engine.nlu.encoder.errors import EncoderNotPrepared
from engine.nlu.encoder.files import TOKENIZER

MODEL = "encoder.onnx"
FILES = (MODEL, TOKENIZER)
SIZE = 384
LONGEST = 128  # tokens; a message of 2,000 characters says in its first hundred words what it is about
TRAINING_THREADS = 2


class SentenceEncoder:
    """Encodes sentences; may be used by several threads at once."""

    def __init__(self, folder: Path) -> None:
        """folder: holds FILES, as `prepare` made them. Raises EncoderNotPrepared."""
        for name in FILES:
            if not (folder / name).is_file():
                raise EncoderNotPrepared(folder)
        self.folder = folder
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)
        self._session = InferenceSession(str(folder / MODEL), _options(), providers=["CPUExecutionProvider"])

    def is_word(self, word: str) -> bool:
        """Whether this, in small letters, is a common enough word to be one in the encoder's vocabulary."""
        return self._tokenizer.token_to_id(word) is not None

    def encode(self, text: str) -> np.ndarray:
        """(SIZE,) float32 of length 1; zeros when there is nothing to read."""
        if not text.strip():
            return np.zeros(SIZE, np.float32)
        ids = self._tokenizer.encode(_readable(text)).ids
        return self._session.run(None, {"input_ids": np.array(ids, np.int64)})[0]

    def encode_all(self, texts: Iterable[str]) -> np.ndarray:
        """(texts, SIZE) float32, each the same as `encode` gives."""
        with ThreadPoolExecutor(TRAINING_THREADS) as pool:
            rows = list(pool.map(self.encode, texts))
        return np.array(rows, np.float32).reshape(-1, SIZE)


def _readable(text: str) -> str:
    """Without lone surrogates, which JSON can carry and no tokenizer takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _options() -> SessionOptions:
    """
    One thread: a sentence is too small to share, and a server has other work.

    No memory arena: it keeps the memory of the longest sentence ever seen, and saves less than a tenth of a
    millisecond.
    """
    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    return options
