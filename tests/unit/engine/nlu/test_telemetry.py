"""onnxruntime tells its maker of no start: it makes no id of this machine, as it does at once by itself."""

import os
import subprocess
import sys
from pathlib import Path

from settings import ROOT

USE = "import engine.nlu.encoder, onnxruntime; onnxruntime.SessionOptions()"


def test_the_encoder_has_it_say_nothing(tmp_path: Path) -> None:
    environ = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    environ |= {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    subprocess.run([sys.executable, "-c", USE], cwd=ROOT, env=environ, check=True)
    assert [path.name for path in tmp_path.rglob("*")] == []
