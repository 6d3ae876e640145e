"""The form that Twilio posts. Must never guess at a body that cannot be read."""

from __future__ import annotations

from urllib.parse import parse_qsl

MOST_FIELDS = 200


class Form(dict[str, list[str]]):
    """All values of every parameter, in the order in which they came."""

    @classmethod
    def read(cls, body: bytes) -> Form:
        """Of a request's body. Raises ValueError if that is no form in UTF-8."""
        form = cls()
        pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
        for name, value in pairs:
            form.setdefault(name, []).append(value)
        return form

    def getall(self, name: str) -> list[str]:
        """Every value of a parameter, under the name by which Twilio's library asks for it."""
        return self[name]

    def first(self, name: str) -> str:
        """The first value; "" if there is none."""
        return self.get(name, [""])[0]
