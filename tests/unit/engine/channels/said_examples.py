"""Things that the assistant says, for tests of messaging apps: some as it says them, and any at all."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from engine.channels.apps.said import Choice, PermissionPrompt, Said
from sealing.button import seal

KEY = b"b" * 32
CONVERSATION = "conversation"


def choice(title: str, payload: str) -> Choice:
    """A button with a seal."""
    return Choice(title, seal(KEY, CONVERSATION, payload))


ALLOW = choice("Allow", '/allow{"r":"7f3k9q"}')
NOT_NOW = choice("Not now", '/not_now{"r":"7f3k9q"}')
WHY = choice("Why?", "/why")
NOTICE = """May Harbour Bank use what you still owe, only to work out how soon your debt could be paid off?
Kept: until this help ends, or after 30 minutes of silence, then deleted.
Seen by: nobody else.
Changed your mind? Say “take it back” here at any time, and I delete it at once.
If you say no: I help you all the same, just without it."""


def permission(text: str = NOTICE, why: Choice | None = WHY) -> Said:
    """A permission request."""
    choices = (ALLOW, NOT_NOW) if why is None else (ALLOW, NOT_NOW, why)
    prompt = PermissionPrompt(
        text, "your debt balance", "debts", "0 days", "nobody", "help", ALLOW, NOT_NOW, why
    )
    return Said(text=text, choices=choices, kind="permission", prompt=prompt)


PLAIN = Said(text="Hello, I help with money matters.\n\nWhat do you need?")
ADVICE = "Pay the dearest debt first, and the least on all others. Put the rest aside, a little each month."
LONG_HELP = Said(
    text="\n\n".join(f"{number}. {ADVICE}" for number in range(1, 26)),
    choices=(choice("Yes, please", "/affirm"), choice("No, thanks", "/deny")),
    kind="offer",
)
MANY = Said(
    text="Here is what I can help with.",
    choices=tuple(choice(f"Help number {n}, in some words", f"/need_{n}") for n in range(1, 16)),
    kind="menu",
)
CHART = Said(
    text="Your debt could be paid off in 30 months.",
    chart={
        "title": "What is left of the debt",
        "points": [{"label": f"month {n}", "shown": f"€{3000 - 100 * n}"} for n in range(0, 31, 3)],
    },
    kind="tailored_help",
)
DOCUMENT = Said(
    text="Here is your receipt.",
    choices=(choice("Menu", "/menu"),),
    document={"receipt": "R-1", "paid": "€20 – für alles"},
    kind="receipt",
)
YES_NO_VALUE = Said(
    text="Do you have the card with you?",
    choices=(
        choice("Yes", '/tell_value{"answer":"yes"}'),
        choice("No", '/tell_value{"answer":"no"}'),
        choice("Skip", "/deny"),
    ),
    kind="value",
)
EXAMPLES = {
    "plain": PLAIN,
    "permission": permission(),
    "long_help": LONG_HELP,
    "many_choices": MANY,
    "chart": CHART,
    "document": DOCUMENT,
    "value": YES_NO_VALUE,
}

_texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), max_size=60)
_wordy = st.builds(lambda text, times: f"{text}. " * times, _texts, st.integers(1, 120))
_choices = st.lists(
    st.builds(choice, _texts.filter(str.strip), st.text('abc/{}"', min_size=1, max_size=250)),
    max_size=20,
    unique_by=lambda one: one.payload,
)
_points = st.lists(st.fixed_dictionaries({"label": _texts, "shown": _texts}), min_size=1, max_size=9)
_charts = st.none() | st.fixed_dictionaries({"title": _texts, "points": _points})


@st.composite
def any_said(draw: Any) -> Said:
    """Anything that could be said; a permission request only with two or three choices."""
    choices = tuple(draw(_choices))
    text = draw(_wordy)
    kind = draw(st.sampled_from(["", "value", "offer"]))
    if len(choices) in (2, 3) and draw(st.booleans()):
        prompt = PermissionPrompt(text, "", "", "", "", "", choices[0], choices[1], (*choices, None)[2])
        return Said(text=text, choices=choices, kind="permission", prompt=prompt)
    return Said(text=text, choices=choices, kind=kind, chart=draw(_charts))


def without_blanks(text: str) -> str:
    """The text as it is compared: cutting takes blanks away."""
    return "".join(text.split())
