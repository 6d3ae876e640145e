"""
Requests that every server has to refuse, each with a word in it that no answer and no log may repeat.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import httpx

from tests.live.servers import Stack

LONG = 200_000


@dataclass(frozen=True)
class Mistake:
    """What was sent where, and the answer: headers and body as one text."""

    sent: str
    status: int
    answer: str


def make_mistakes(stack: Stack, word: str) -> Iterator[Mistake]:
    """Send them all; what comes back. `word` stands in addresses, queries, headers and bodies."""
    actions = (stack.var / "keys" / "actions.secret").read_text(encoding="ascii").strip()
    secrets = {stack.rasa_url: stack.rest_secret, stack.actions_url: actions, stack.portal_url: ""}
    with httpx.Client(trust_env=False, timeout=60.0) as client:
        for name, url in (
            ("rasa", stack.rasa_url),
            ("actions", stack.actions_url),
            ("portal", stack.portal_url),
        ):
            for method, path, body in _requests(name, word):
                for secret in (secrets[url], word):
                    headers = {"X-Note": word, "Content-Type": "application/json"}
                    if secret:
                        headers["Authorization"] = f"Bearer {secret}"
                    got = client.request(method, url + path, content=body, headers=headers)
                    answer = f"{got.headers}\n{got.text}"
                    yield Mistake(f"{name} {method} {path} {body[:60]!r}", got.status_code, answer)


def _requests(name: str, word: str) -> Iterator[tuple[str, str, bytes]]:
    note = json.dumps({"note": word}).encode()
    yield "GET", f"/{word}?note={word}", b""
    yield "POST", f"/{word}", note
    for path in {"rasa": RASA, "actions": ACTIONS, "portal": PORTAL}[name]:
        yield "PUT", f"{path}?note={word}", note
        if name == "portal" and not path.startswith("/api/"):
            continue
        yield "POST", path, note
        yield "POST", path, f'{{"message": "{word}'.encode()
        yield "POST", path, b"\xff\xfe" + word.encode()
        yield "POST", path, json.dumps([word]).encode()
    if name == "rasa":
        yield "POST", RASA[0], json.dumps({"sender": word, "message": {"text": word}}).encode()
        yield "POST", RASA[0], json.dumps({"sender": word * 100, "message": word}).encode()
        yield "POST", RASA[0], json.dumps({"sender": word, "message": word * LONG}).encode()
        yield "GET", f"/socket.io/?EIO={word}&transport={word}&sid={word}", b""
        yield "POST", f"/socket.io/?EIO=4&transport=polling&sid={word}", note
    if name == "actions":
        yield from (("POST", ACTIONS[0], json.dumps(call).encode()) for call in _calls(word))


PORTAL = ("/", "/health", "/widget/x.js", "/api/session", "/api/me", "/api/me/withdraw", "/api/me/forget")
RASA = ("/webhooks/rest/webhook", "/webhooks/widget/")
ACTIONS = ("/webhook",)


def _calls(word: str) -> Iterator[dict[str, object]]:
    tracker = {"sender_id": word, "slots": {}, "latest_message": {"text": word}, "events": []}
    yield {"next_action": word, "tracker": tracker}
    yield {"next_action": "action_why", "tracker": word}
    yield {"next_action": "action_why", "tracker": {**tracker, "slots": word}, "domain": word}
    yield {"next_action": "action_why", "tracker": tracker, "domain": {"responses": word}, "version": word}
    yield {"next_action": "validate_answer_form", "tracker": {**tracker, "events": [word]}, "domain": {}}
