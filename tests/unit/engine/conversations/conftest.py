"""Databases as the consent store's own migrations make them, and Rasa's processor on a store of ours."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog

from consent_store import migrate
from consent_store.sharing import close_shared
from engine.conversations.store import SealedConversations
from tests.unit.engine.conversations.rig import Processor, StubActions, trained_rules


@pytest.fixture(autouse=True, scope="session")
def silent_rasa() -> Iterator[None]:
    """As the launcher sets it: nothing of Rasa's below a warning."""
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    yield
    structlog.configure(**before)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty consent store, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "consent.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def database(migrated: Path, var_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The consent store of the folder that ASKFIRST_VAR names."""
    monkeypatch.delenv("ASKFIRST_DATABASE_URL", raising=False)
    monkeypatch.delenv("ASKFIRST_KEEP_CONVERSATIONS_DAYS", raising=False)
    path = var_folder / "consent.db"
    shutil.copy(migrated, path)
    path.chmod(0o600)
    yield path
    close_shared()


@pytest.fixture(scope="session")
def rules(tmp_path_factory: pytest.TempPathFactory) -> tuple[object, object]:
    """Our domain and RulePolicy, trained once."""
    os.environ["TQDM_DISABLE"] = "1"
    return trained_rules(tmp_path_factory.mktemp("rules"))


Begin = Callable[..., Processor]


@pytest.fixture
def begin(rules: tuple[object, object], database: Path) -> Begin:
    """Start a Rasa: a processor on a new store, which knows nothing but the database."""

    def start(actions: StubActions | None = None, store: SealedConversations | None = None) -> Processor:
        domain, policy = rules
        close_shared()
        return Processor(domain, policy, store or SealedConversations(), actions or StubActions())

    return start
