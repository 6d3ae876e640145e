"""
The errors of the consent store: one root, one class a cause.

They carry ids and a reason and never a person's value or words, so that they are safe to log.
A person's refusal is never an error; it is a normal result.
"""

from __future__ import annotations


class ConsentStoreError(Exception):
    """
    Root of all errors of this package.

    `reason` is a short key such as "expired"; `ids` names what it was about (purpose, item, help, ...).
    """

    def __init__(self, reason: str, **ids: str) -> None:
        self.reason = reason
        self.ids = ids
        about = ", ".join(f"{name}={value}" for name, value in ids.items())
        super().__init__(f"{reason} ({about})" if about else reason)

    def __reduce__(self) -> tuple[object, ...]:
        """Keep reason and ids when the error travels between processes."""
        return _restore, (type(self), self.reason, self.ids)


def _restore(kind: type[ConsentStoreError], reason: str, ids: dict[str, str]) -> ConsentStoreError:
    return kind(reason, **ids)


class ConsentMissing(ConsentStoreError):
    """A value was to be kept or used without a valid decision for exactly this person, purpose and item."""


class TooManyItems(ConsentStoreError):
    """A fourth item was to be asked or used for one help. Three is the most, always."""


class NotToBeAsked(ConsentStoreError):
    """The person has answered already. They are asked again only when they start it (`reopen`)."""


class HelpNotCurrent(ConsentStoreError):
    """The help is over, was silent for too long, is unknown, or belongs to someone else."""


class NoticeInvalid(ConsentStoreError):
    """A notice that cannot be served: blank, not hashed rightly, or for another help's purpose."""


class StoreUnavailable(ConsentStoreError):
    """The database failed (locked, full, gone, ...). Nothing was granted and nothing was released."""


class StoreNotReady(ConsentStoreError):
    """The database is missing or its schema is not the one that this code needs: migrate first."""


class CheckpointUnsound(ConsentStoreError):
    """A checkpoint file that nobody noted is not ours, or does not follow the last one: verify first."""


class KeyMissing(ConsentStoreError):
    """A key file does not exist. `make setup` makes it."""


class KeyInvalid(ConsentStoreError):
    """A key file does not hold 32 bytes in urlsafe base64."""


class KeyRefused(ConsentStoreError):
    """
    A key is there but must not be used: open to others, for development, retired, or older than another.

    The reason is a sentence that says what to do.
    """


class VaultUnreadable(ConsentStoreError):
    """A sealed value or key cannot be opened with the keys at hand, or was changed or moved."""
