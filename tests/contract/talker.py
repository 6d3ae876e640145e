"""Somebody who chats: the rows of a conversation, sealed and written as the engine does, by plain SQL."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sealing.conversations import open_state, open_turn, seal_message, seal_state, seal_turn
from sealing.masters import Masters, new_data_key
from tests.contract import raw
from tests.unit.consent_store.kit import FakeClock

_STATE = """
INSERT INTO conversation (person_id, sealed, turns, updated_at) VALUES (:person, :state, :number, :at)
ON CONFLICT (person_id) DO UPDATE SET sealed = :state, turns = :number, updated_at = :at
"""
_TURN = """
INSERT INTO conversation_turn (person_id, number, sealed, said_at) VALUES (:person, :number, :turn, :at)
"""
_KEY = """
INSERT INTO person_key (person_id, master_key_id, wrapped_key, created_at)
VALUES (:person, :master, :wrapped, :at) ON CONFLICT DO NOTHING
"""
_WAITING = """
INSERT INTO message_waiting (person_id, direction, attempts, sealed, noted_at)
VALUES (:person, 'out', 0, :waiting, :at)
"""
_THREAD = """
INSERT INTO message_thread (person_id, sealed, updated_at) VALUES (:person, :thread, :at)
ON CONFLICT (person_id) DO UPDATE SET sealed = :thread, updated_at = :at
"""
_MASTER = "INSERT INTO master_key (master_key_id, first_used_at) VALUES (:master, :at) ON CONFLICT DO NOTHING"


@dataclass
class Talker:
    """One chat of one identity."""

    database_url: str
    keys: Masters
    clock: FakeClock
    person_id: str = "person-a"
    events: list[dict[str, Any]] = field(default_factory=list)
    turns: int = 0

    def says(self, text: str) -> None:
        """One turn: the person says it, and the assistant answers with two buttons."""
        now = self.clock.now
        self.turns += 1
        answer = f"You said: {text}"
        self.events += [
            {"event": "user", "text": text, "timestamp": now.timestamp(), "parse_data": {}},
            {"event": "action", "name": "action_turn", "timestamp": now.timestamp()},
            {
                "event": "bot",
                "text": answer,
                "timestamp": now.timestamp(),
                "data": {"buttons": [{"title": "Allow", "payload": "/x"}, {"title": "No", "payload": "/y"}]},
            },
        ]
        said = [
            {"who": "person", "text": text, "at": now.isoformat()},
            {"who": "assistant", "text": answer, "at": now.isoformat(), "buttons": ["Allow", "No"]},
        ]
        state = {"sender_id": f"chat of {self.person_id}", "events": self.events}
        key = self.data_key()
        raw.change(
            self.database_url,
            _STATE,
            _TURN,
            person=self.person_id,
            number=self.turns,
            state=seal_state(key, self.person_id, state),
            turn=seal_turn(key, self.person_id, self.turns, {"said": said}),
            at=self._written(now),
        )

    def is_shown(self, text: str) -> None:
        """In a messaging app: a message with buttons is on its way, and the thread knows them."""
        key = self.data_key()
        raw.change(
            self.database_url,
            _WAITING,
            _THREAD,
            person=self.person_id,
            waiting=seal_message(key, self.person_id, "out", {"text": text}),
            thread=seal_message(key, self.person_id, "thread", {"shown": [text]}),
            at=self._written(self.clock.now),
        )

    def data_key(self) -> bytes:
        """The person's data key; made if nobody made one."""
        master, wrapped = self.keys.wrap(self.person_id, new_data_key())
        at = self._written(self.clock.now)
        raw.change(
            self.database_url, _MASTER, _KEY, person=self.person_id, master=master, wrapped=wrapped, at=at
        )
        (row,) = raw.rows(
            self.database_url, "SELECT * FROM person_key WHERE person_id = :person", person=self.person_id
        )
        return self.keys.unwrap(self.person_id, row["master_key_id"], row["wrapped_key"])

    def heard(self, keys: Masters | None = None) -> list[str]:
        """What the person said, read from the turns with these master keys, as the engine reads."""
        key = Talker(self.database_url, keys or self.keys, self.clock, self.person_id).data_key()
        rows = self.rows("conversation_turn")
        turns = [open_turn(key, self.person_id, row["number"], row["sealed"]) for row in rows]
        for row in self.rows("conversation"):
            assert open_state(key, self.person_id, row["sealed"])["events"] == self.events
        return [turn["said"][0]["text"] for turn in turns]

    def rows(self, table: str) -> list[Any]:
        """The rows of this identity in a table, in the order of their keys."""
        query = f"SELECT * FROM {table} WHERE person_id = :person"
        found = raw.rows(self.database_url, query, person=self.person_id)
        return sorted(found, key=lambda row: row.get("number", 0))

    def _written(self, at: datetime) -> Any:
        """An instant as the tables have it."""
        if self.database_url.startswith("sqlite"):
            return at.replace(tzinfo=None).isoformat(" ", "microseconds")
        return at
