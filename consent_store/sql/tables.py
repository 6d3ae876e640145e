"""All tables of the consent store, by name."""

from consent_store.sql.asking_tables import (
    controller,
    help_item,
    help_session,
    notice_current,
    notice_version,
    permission_request,
)
from consent_store.sql.base import metadata
from consent_store.sql.conversation_tables import conversation, conversation_turn
from consent_store.sql.key_tables import master_key
from consent_store.sql.ledger_tables import (
    chain_head,
    checkpoint,
    consent_event,
    consent_state,
    event_detail,
    person_key,
    personal_data,
)
from consent_store.sql.message_tables import message_seen, message_thread, message_waiting
from consent_store.sql.receipt_tables import receipt
from consent_store.sql.rights_tables import identity_link, link_code, link_try, person_mark, rights_note
from consent_store.sql.use_tables import data_use, data_use_item, feedback, hand_over

__all__ = [
    "chain_head",
    "checkpoint",
    "consent_event",
    "consent_state",
    "controller",
    "conversation",
    "conversation_turn",
    "data_use",
    "data_use_item",
    "event_detail",
    "feedback",
    "hand_over",
    "help_item",
    "help_session",
    "identity_link",
    "link_code",
    "link_try",
    "master_key",
    "message_seen",
    "message_thread",
    "message_waiting",
    "metadata",
    "notice_current",
    "notice_version",
    "permission_request",
    "person_key",
    "person_mark",
    "personal_data",
    "receipt",
    "rights_note",
]
