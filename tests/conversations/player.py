"""Plays a script with an assistant, and shows the whole conversation when a step fails."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.channels.chats.web import RestChat
from tests.conversations.script import Script, Step, StoreHolds, button_titles, reply_text, unmet
from tests.live.in_process import InProcess

if TYPE_CHECKING:
    from tests.channels.chats.chat import Chat
    from tests.live.assistant import Assistant

Messages = list[dict[str, Any]]
A_PAYLOAD = '/allow{"r":"7f3k9q2m4p6s"}'
"""What somebody may type where buttons have no payload that can be seen."""


@dataclass
class Player:
    """One person talking to the assistant. `new_chat`: opens another chat of theirs; REST unless given."""

    assistant: Assistant
    new_chat: Callable[[], Chat] | None = None
    chats: dict[str, Chat] = field(default_factory=dict)
    name: str = "first"
    transcript: list[str] = field(default_factory=list)
    said: dict[str, list[Messages]] = field(default_factory=dict)

    def play(self, script: Script, where: str = "") -> None:
        """
        Go through the steps; raises `AssertionError` with the conversation so far and what was expected.

        where: what to call the channel then.
        """
        try:
            for step in script.steps:
                faults = self._do(step)
                if faults:
                    raise AssertionError(f"{where}\n{self._report(script, faults)}")
        finally:
            self.assistant.make_whole()
        verified = self.assistant.store.verify_ledger()
        assert verified.ok, verified.faults

    def close(self) -> None:
        """Leave all chats."""
        for chat in self.chats.values():
            chat.close()

    @property
    def chat(self) -> Chat:
        """The chat that the step is in."""
        if self.name not in self.chats:
            self.chats[self.name] = (self.new_chat or (lambda: RestChat(self.assistant)))()
            self.said[self.name] = []
        return self.chats[self.name]

    def _do(self, step: Step) -> list[str]:
        self.name = step.chat
        if step.store is not None:
            return self._look_into_store(step.store)
        if any(change is not None for change in step.changes):
            self._change(step)
            return []
        return self._talk(step)

    def _change(self, step: Step) -> None:
        assert isinstance(self.assistant, InProcess), "servers have the machine's clock, and are well"
        if step.minutes_later is not None:
            self._note(f"   ({step.minutes_later} minutes later)")
            self.assistant.clock.forward(timedelta(minutes=step.minutes_later))
        if step.actions_away is not None:
            self._note(f"   (the actions are {'away' if step.actions_away else 'back'})")
            self.assistant.actions_are_away = step.actions_away
        if step.store_locked is not None:
            self._note(f"   (the store is {'locked' if step.store_locked else 'free again'})")
            self.assistant.lock_store() if step.store_locked else self.assistant.free_store()

    def _talk(self, step: Step) -> list[str]:
        chat = self.chat
        if step.user is not None or step.typed_payload_of:
            words = self._words(step)
            self._note_mine(words)
            return self._heard(step, chat.type(words))
        button = self._button(step)
        if button is None:
            self._note(f"   (there is no [{step.press_earlier}] to be pressed any more)")
            return []
        self._note_mine(f"[{button['title']}]")
        return self._heard(step, chat.press(button))

    def _heard(self, step: Step, messages: Messages) -> list[str]:
        self.said[self.name].append(messages)
        for line in reply_text(messages).splitlines():
            self._note(f"<- {line}")
        if button_titles(messages):
            self._note(f"   {list(button_titles(messages))}")
        return unmet(step, messages)

    def _words(self, step: Step) -> str:
        if step.user is not None:
            return step.user.replace("{code}", self._code()) if "{code}" in step.user else step.user
        button = self._find(step.typed_payload_of or "", self.said[self.name])
        payload = str((button or {}).get("payload"))
        return payload.split("~", maxsplit=1)[0] if "~" in payload else A_PAYLOAD

    def _button(self, step: Step) -> dict[str, Any] | None:
        """What to press; None for an earlier button where only those of the last question can be pressed."""
        rounds = self.said[self.name]
        if step.press is not None:
            found = self._find(step.press, rounds[-1:])
            assert found, f"there is no button {step.press!r}\n" + "\n".join(self.transcript)
            return found
        if not self.chat.presses_anything:
            rounds = [one for one in rounds if button_titles(one)][-1:]
        return self._find(step.press_earlier or "", rounds)

    def _code(self) -> str:
        shown = re.findall(r"link code ([a-z0-9-]{14})", "\n".join(self.transcript))
        assert shown, "no link code was shown"
        return str(shown[-1])

    def _find(self, title: str, rounds: list[Messages]) -> dict[str, Any] | None:
        """The newest button with this title, or what it is called in this channel."""
        also = self.chat.also_called.get(title)
        for messages in reversed(rounds):
            for message in reversed(messages):
                for button in message.get("buttons") or ():
                    if button["title"] == title or (also and button["title"].startswith(also)):
                        return dict(button)
        return None

    def _look_into_store(self, holds: StoreHolds) -> list[str]:
        store = self.assistant.store
        overview = store.overview(self.chat.person_id)
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
        return faults + self._plain(holds)

    def _plain(self, holds: StoreHolds) -> list[str]:
        files = [path.read_bytes() for path in self.assistant.var.glob("consent.db*")]
        return [
            f"the value {text!r} stands in plain in the consent store"
            for text in holds.plain_text_absent
            if any(text.encode(code) in data for code in ("utf-8", "utf-16-le") for data in files)
        ]

    def _note_mine(self, words: str) -> None:
        self._note(f"-> {words}" if self.name == "first" else f"-> ({self.name}) {words}")

    def _note(self, line: str) -> None:
        self.transcript.append(line)

    def _report(self, script: Script, faults: list[str]) -> str:
        expected = "\n".join(f"  ! {fault}" for fault in faults)
        return f"{script.behaviour}\n\n" + "\n".join(self.transcript) + f"\n\nexpected otherwise:\n{expected}"


def _differs(what: str, expected: object, got: object) -> list[str]:
    return [] if expected == got else [f"{what}: expected {expected}\n     but the store holds {got}"]
