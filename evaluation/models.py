"""
The two models: the assistant's own as it stands, and stock Rasa's pipeline, trained on the same examples now.

Both are asked through Rasa's agent, as the running assistant asks.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path

from rasa.core.agent import Agent
from rasa.model_training import train_nlu
from rasa.shared.nlu.training_data.loading import load_data

from engine import standins
from evaluation.measures import Understood, understood
from evaluation.queries import QueriesUnusable, Query

STOCK_CONFIG = Path(__file__).with_name("stock_config.yml")
_WARM_UP = "where is my card"


def programs_of(training_data: Path) -> frozenset[str]:
    """The ids of all programs that the training data has examples of."""
    intents = load_data(str(training_data)).intents
    return frozenset(intent.removeprefix("need_") for intent in intents if intent.startswith("need_"))


def train_stock(training_data: Path, folder: Path) -> Path:
    """Train stock Rasa's pipeline on the same examples; returns the model's file."""
    folder.mkdir(parents=True, exist_ok=True)
    model = train_nlu(
        config=str(STOCK_CONFIG),
        nlu_data=str(training_data),
        output=str(folder),
        fixed_model_name="stock",
        domain=None,
    )
    if model is None:
        raise QueriesUnusable("The stock pipeline could not be trained; the lines above say why.")
    return Path(model)


def ask(models: Sequence[Path], queries: Sequence[Query]) -> list[list[Understood]]:
    """
    What each model makes of each query, with the time that it took.

    The models answer in turns, so that whatever else the machine does slows all of them alike.
    """
    standins.logistic_regression()
    return asyncio.run(_ask_all([Agent.load(str(model)) for model in models], queries))


async def _ask_all(agents: Sequence[Agent], queries: Sequence[Query]) -> list[list[Understood]]:
    for agent in agents:
        await agent.parse_message(_WARM_UP)
    answers: list[list[Understood]] = [[] for _ in agents]
    for query in queries:
        for agent, given in zip(agents, answers, strict=True):
            given.append(await _ask(agent, query))
    return answers


async def _ask(agent: Agent, query: Query) -> Understood:
    # a leading "/" would be taken for a command; channels take it away too
    text = query.text.lstrip("/ ") or query.text
    before = time.perf_counter()
    parsed = await agent.parse_message(text)
    return understood(parsed, query.program, (time.perf_counter() - before) * 1000)
