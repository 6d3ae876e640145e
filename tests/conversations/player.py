"""Plays a script against real servers, and shows the whole conversation when a step fails."""

from __future__ import annotations

import re
import sqlite3
import uuid
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from consent_store import StoreKeys, open_store
from sealing.keys import read_key
from sealing.person import pseudonym
from tests.conversations.script import Script, Step, StoreHolds, button_titles, reply_text, unmet

if TYPE_CHECKING:
    from tests.live.servers import Stack


@dataclass
class Player:
    """One person talking to the assistant."""

    stack: Stack
    senders: dict[str, str] = field(default_factory=lambda: defaultdict(lambda: uuid.uuid4().hex))
    chat: str = "first"
    transcript: list[str] = field(default_factory=list)
    said: list[list[dict[str, Any]]] = field(default_factory=list)
    lock: sqlite3.Connection | None = None

    def play(self, script: Script) -> None:
        """
        Go through the steps; raises `AssertionError` with the conversation so far and what was expected.
        """
        try:
            for step in script.steps:
                faults = self._do(step)
                if faults:
                    raise AssertionError(self._report(script, faults))
        finally:
            self._unlock()

    def _do(self, step: Step) -> list[str]:
        self.chat = step.chat
        if step.kill or step.start:
            self._note(f"   ({'kill -9' if step.kill else 'start'} {step.kill or step.start})")
            self.stack.kill(step.kill) if step.kill else self.stack.start(str(step.start))
            return []
        if step.store_locked is not None:
            self._note(f"   (the store is {'locked' if step.store_locked else 'free again'})")
            self._lock() if step.store_locked else self._unlock()
            return []
        if step.store is not None:
            return self._look_into_store(step.store)
        return self._talk(step)

    def _talk(self, step: Step) -> list[str]:
        text, shown = self._words(step)
        self._note(f"-> {shown}" if self.chat == "first" else f"-> ({self.chat}) {shown}")
        messages = self.stack.say(self.senders[self.chat], text)
        self.said.append(messages)
        for line in reply_text(messages).splitlines():
            self._note(f"<- {line}")
        if button_titles(messages):
            self._note(f"   {list(button_titles(messages))}")
        return unmet(step, messages)

    def _words(self, step: Step) -> tuple[str, str]:
        if step.user is not None:
            words = step.user.replace("{code}", self._code()) if "{code}" in step.user else step.user
            return words, words
        title = step.press or step.press_earlier or step.typed_payload_of or ""
        rounds = self.said[-1:] if step.press else self.said
        payload = self._payload(title, rounds)
        if step.typed_payload_of:
            return payload.split("~")[0], f"{payload.split('~')[0]} (typed)"
        return payload, f"[{title}]"

    def _code(self) -> str:
        shown = re.findall(r"link code ([a-z0-9-]{14})", "\n".join(self.transcript))
        assert shown, "no link code was shown"
        return str(shown[-1])

    def _payload(self, title: str, rounds: list[list[dict[str, Any]]]) -> str:
        for messages in reversed(rounds):
            for message in reversed(messages):
                for button in message.get("buttons") or ():
                    if button["title"] == title:
                        return str(button["payload"])
        raise AssertionError(f"there is no button {title!r}\n" + "\n".join(self.transcript))

    def _look_into_store(self, holds: StoreHolds) -> list[str]:
        keys = StoreKeys.from_folder(self.stack.var / "keys")
        store = open_store(self.stack.database_url, keys=keys, clock=lambda: datetime.now(UTC))
        overview = store.overview(self.person_id)
        decisions = {f"{d.purpose}/{d.item}": d for d in overview.decisions}
        faults = []
        if holds.decisions is not None:
            got = {key: d.status for key, d in decisions.items()}
            faults += _differs("decisions", holds.decisions, got)
        if holds.values is not None:
            faults += _differs("values", set(holds.values), {k for k, d in decisions.items() if d.has_value})
        if holds.uses is not None:
            got_uses = [tuple(sorted(use.items)) for use in sorted(overview.uses, key=lambda use: use.at)]
            faults += _differs("uses", [tuple(sorted(use)) for use in holds.uses], got_uses)
        if holds.hand_overs is not None:
            faults += _differs("hand-overs", holds.hand_overs, len(overview.hand_overs))
        if holds.nothing and (decisions or overview.uses or overview.hand_overs):
            faults.append("the store should hold nothing about this person")
        verification = store.verify_ledger()
        return faults + ([] if verification.ok else [f"ledger: {verification.faults}"]) + self._plain(holds)

    def _plain(self, holds: StoreHolds) -> list[str]:
        files = [path.read_bytes() for path in self.stack.var.glob("consent.db*")]
        return [
            f"the value {text!r} stands in plain in the consent store"
            for text in holds.plain_text_absent
            if any(text.encode(code) in data for code in ("utf-8", "utf-16-le") for data in files)
        ]

    @property
    def person_id(self) -> str:
        """The person's pseudonym in the consent store."""
        key = read_key(self.stack.var / "keys" / "person.key")
        return pseudonym(key, "person", pseudonym(key, "rest", self.senders[self.chat]))

    def _lock(self) -> None:
        path = self.stack.database_url.removeprefix("sqlite:///")
        self.lock = sqlite3.connect(path, isolation_level=None, timeout=30)
        self.lock.execute("BEGIN IMMEDIATE")

    def _unlock(self) -> None:
        if self.lock is not None:
            with suppress(sqlite3.Error):
                self.lock.execute("ROLLBACK")
            self.lock.close()
            self.lock = None

    def _note(self, line: str) -> None:
        self.transcript.append(line)

    def _report(self, script: Script, faults: list[str]) -> str:
        expected = "\n".join(f"  ! {fault}" for fault in faults)
        return f"{script.behaviour}\n\n" + "\n".join(self.transcript) + f"\n\nexpected otherwise:\n{expected}"


def _differs(what: str, expected: object, got: object) -> list[str]:
    return [] if expected == got else [f"{what}: expected {expected}\n     but the store holds {got}"]
