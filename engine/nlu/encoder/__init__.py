"""
The sentence encoder: 384 numbers that say what a sentence means, near for near meanings.

all-MiniLM-L6-v2 (Apache-2.0; Reimers and Gurevych 2019, "Sentence-BERT"; Wang et al. 2020, "MiniLM"), as
8-bit integers in onnxruntime. It must never fetch anything, and never use a file whose hash is not the
published one.
"""

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # onnxruntime tells its maker of each start otherwise
