"""
The consent store: whether a value may be used, for what, and the proof of it.

Values are sealed; decisions are in an append-only ledger; the gate is the only read path. This package
imports no other package of the project but `sealing`, and does nothing when it is imported.
"""

from consent_store.certificates import Certificate, is_certificate
from consent_store.checkpoints import Checkpoint
from consent_store.clock import Clock, system_clock
from consent_store.errors import (
    CheckpointUnsound,
    ConsentMissing,
    ConsentStoreError,
    HelpNotCurrent,
    KeyInvalid,
    KeyMissing,
    KeyRefused,
    NoticeInvalid,
    NotToBeAsked,
    StoreNotReady,
    StoreUnavailable,
    TooManyItems,
    VaultUnreadable,
)
from consent_store.keys import StoreKeys
from consent_store.linking import Merge
from consent_store.model import (
    MAX_ITEMS,
    AnswerResult,
    HelpSession,
    ItemState,
    Key,
    PermissionRequest,
    Release,
    Status,
    Withdrawn,
    remember_purpose,
)
from consent_store.notice import NoticeLike
from consent_store.rotation import Rotation
from consent_store.sql.schema import migrate
from consent_store.store import ConsentStore, open_store
from consent_store.views import (
    DecisionView,
    Erasure,
    Fault,
    HandOverView,
    HistoryLine,
    Overview,
    PersonMatch,
    ReceiptLine,
    Stats,
    Sweep,
    UseView,
    Verification,
)

__all__ = [
    "MAX_ITEMS",
    "AnswerResult",
    "Certificate",
    "Checkpoint",
    "CheckpointUnsound",
    "Clock",
    "ConsentMissing",
    "ConsentStore",
    "ConsentStoreError",
    "DecisionView",
    "Erasure",
    "Fault",
    "HandOverView",
    "HelpNotCurrent",
    "HelpSession",
    "HistoryLine",
    "ItemState",
    "Key",
    "KeyInvalid",
    "KeyMissing",
    "KeyRefused",
    "Merge",
    "NotToBeAsked",
    "NoticeInvalid",
    "NoticeLike",
    "Overview",
    "PermissionRequest",
    "PersonMatch",
    "ReceiptLine",
    "Release",
    "Rotation",
    "Stats",
    "Status",
    "StoreKeys",
    "StoreNotReady",
    "StoreUnavailable",
    "Sweep",
    "TooManyItems",
    "UseView",
    "VaultUnreadable",
    "Verification",
    "Withdrawn",
    "is_certificate",
    "migrate",
    "open_store",
    "remember_purpose",
    "system_clock",
]
