"""
What the fake assistant says: one conversation about a debt, and a few sentences that test the widget.

It must never decide anything like the real one: it only plays the messages that the widget has to show.
"""

import secrets
from dataclasses import dataclass, field
from typing import Any

GENERAL_HELP = (
    "Pay the debt with the highest rate first, and at least the smallest payment on all the others.\n\n"
    "Ask us for a lower rate before you take a new loan. Free debt advice: https://www.example.org/debt-advice."
)
OFFER = (
    "With a little more I could tell you how soon you could be free of the debt. "
    "I would ask for two things at most. Shall I?"
)
RECEIPT = {"@context": "https://w3id.org/consent", "id": "a-receipt", "decisions": []}
CHART = {
    "kind": "line",
    "title": "What you still owe, by month",
    "unit": "EUR",
    "points": [
        {"label": f"month {month}", "shown": f"€{2400 - 150 * month:,}", "value": 2400 - 150 * month}
        for month in range(17)
    ],
    "text": "It falls by €150 a month, from €2,400 to nothing in month 16.",
}
HOSTILE = '<img src=x onerror="window.broken=1"><b>bold</b> javascript:alert(1) &amp;'


@dataclass(frozen=True)
class Said:
    """One message of the assistant."""

    text: str
    buttons: tuple[dict[str, str], ...] = ()
    custom: dict[str, Any] | None = None

    def as_event(self) -> dict[str, Any]:
        return {
            "id": secrets.token_hex(8),
            "text": self.text,
            "buttons": list(self.buttons),
            "custom": self.custom,
        }


@dataclass
class Script:
    """One person's conversation. Remembers which buttons were offered, and takes no other."""

    offered: set[str] = field(default_factory=set)
    value_wanted: bool = False

    def answer(self, message: dict[str, Any]) -> list[Said] | None:
        """What to say to a message; None if it is a button that was never offered here."""
        if "payload" in message:
            if message["payload"] not in self.offered:
                return None
            return self._pressed(message["payload"].partition("~")[0])
        return self._typed(message["text"].lower())

    def _typed(self, text: str) -> list[Said]:
        if "debt" in text:
            return [Said(GENERAL_HELP), self._offer()]
        if "markup" in text:
            return [self._say(HOSTILE, (HOSTILE[:40], "/nothing"))]
        if "card" in text:
            return [self._permission(1, noted=None)]
        if "receipt" in text:
            return [Said("Here is your receipt.", custom={"kind": "receipt", "document": RECEIPT})]
        if self.value_wanted:
            self.value_wanted = False
            return [self._permission(2, noted=None)]
        return [Said("I did not find help for that. You can say it another way.")]

    def _pressed(self, payload: str) -> list[Said]:
        if payload == "/allow":
            return [self._permission(1, noted=None)]
        if payload.startswith("/why"):
            return [
                Said("What you still owe decides how many payments are left."),
                self._permission(1, noted=None),
            ]
        if payload == "/permission_1_yes":
            self.value_wanted = True
            noted = {"item": "debt_balance_eur", "status": "given", "take_back": 0}
            ask = "Thank you. What do you still owe? For example “2,400 euros”."
            return [self._say(ask, ("Take back", "/take_back_1"), custom={"noted": noted})]
        if payload == "/take_back_1":
            self.value_wanted = False
            taken = {"kind": "taken_back", "items": ["debt_balance_eur"]}
            return [Said("You took back what you still owe. It is deleted.", custom=taken)]
        if payload == "/permission_1_no":
            return [self._permission(2, noted={"item": "debt_balance_eur", "status": "refused"})]
        if payload in {"/permission_2_yes", "/permission_2_no"}:
            return [
                self._tailored(given=payload.endswith("yes")),
                self._say("Did this help?", ("Yes", "/helped"), ("No", "/not_helped")),
            ]
        return [Said("Thank you for telling me.")]

    def _offer(self) -> Said:
        buttons = (("Yes, please", "/allow"), ("No, thank you", "/deny"), ("Why?", "/why"))
        return self._say(OFFER, *buttons, custom={"kind": "offer", "count": 2})

    def _permission(self, number: int, noted: dict[str, str] | None) -> Said:
        item, name = {
            1: ("debt_balance_eur", "what you still owe"),
            2: ("yearly_rate_percent", "your yearly interest rate"),
        }[number]
        custom = {
            "kind": "permission",
            "item": item,
            "item_name": name,
            "purpose": "work out how soon your debt could be paid off, and what it would cost",
            "retention": "until this help ends, or after 30 minutes of silence, then deleted",
            "recipients": "nobody else",
            "withdraw": "Say “take it back” here at any time, and I delete it at once",
            "on_no": "I help you all the same, just without it",
            "number": number,
            "of": 2,
            "why_shown": False,
            "noted": noted,
        }
        buttons = (
            ("Allow", f"/permission_{number}_yes"),
            ("Not now", f"/permission_{number}_no"),
            ("Why?", f"/why_{number}"),
        )
        text = (
            f"May Harbour Bank use {name}, only to {custom['purpose']}?\nKept: {custom['retention']}.\n"
            f"Seen by: {custom['recipients']}.\nChanged your mind? {custom['withdraw']}.\n"
            f"If you say no: {custom['on_no']}."
        )
        return self._say(text, *buttons, custom=custom)

    def _tailored(self, *, given: bool) -> Said:
        since = "2026-11-22T09:30:00+00:00"
        balance = {"item": "debt_balance_eur", "name": "what you still owe", "allowed_at": since}
        rate = {"item": "yearly_rate_percent", "name": "your yearly interest rate", "allowed_at": since}
        used = [balance, rate] if given else [balance]
        places = [{**one, "without": 2 * place, "take_back": 2 * place + 1} for place, one in enumerate(used)]
        chips = [
            button
            for number, one in enumerate(used, start=1)
            for button in (
                (f"Answer without {one['name']}", f"/without_{number}"),
                (f"Take back {one['name']}", f"/take_back_{number}"),
            )
        ]
        custom = {
            "kind": "tailored_help",
            "used": places,
            "without": [] if given else [{"item": rate["item"], "name": rate["name"]}],
            "chart": CHART,
            "noted": {"item": rate["item"], "status": "given" if given else "refused"},
        }
        text = (
            "If you pay €150 a month, €2,400 is paid off in about 16 months.\n\n"
            "With €15 more a month it would be 15 months."
        )
        below = (("Keep it for next time", "/remember"), ("Forget me", "/forget_me"))
        return self._say(text, *chips, *below, custom=custom)

    def _say(self, text: str, *buttons: tuple[str, str], custom: dict[str, Any] | None = None) -> Said:
        sealed = tuple(
            {"title": title, "payload": f"{payload}~{secrets.token_hex(6)[:11]}"}
            for title, payload in buttons
        )
        self.offered.update(button["payload"] for button in sealed)
        return Said(text, sealed, custom)
