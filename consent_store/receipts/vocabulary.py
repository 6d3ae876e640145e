"""
The terms of a receipt: field names of ISO/IEC TS 27560:2023, meant as the W3C's vocabulary (DPV) has them.

The context stands in every receipt, so that nothing has to be fetched to read one. Its addresses are names.
"""

from __future__ import annotations

from consent_store.canonical import Plain

DOMAIN = "ask-first.receipt.v1"
"""What a signature of a receipt is for; a signature of anything else never fits."""

ALGORITHM = "Ed25519"
SCHEMA_VERSION = "ISO/IEC TS 27560:2023"
LAWFUL_BASIS = "dpv:ExplicitlyExpressedConsent"
PURPOSE_TYPE = "dpv:RequestedServiceProvision"
PROCESSING = ("dpv:Collect", "dpv:Store", "dpv:Use")

STATES = {
    "given": "dpv:ConsentGiven",
    "refused": "dpv:ConsentRefused",
    "deferred": "dpv:ConsentRequestDeferred",
    "withdrawn": "dpv:ConsentWithdrawn",
    "expired": "dpv:ConsentExpired",
    "invalidated": "dpv:ConsentInvalidated",
    "unasked": "dpv:ConsentUnknown",
}
"""`unasked`: the person wanted to be asked again. `invalidated`: the notice has changed in what matters."""

_IDS: dict[str, Plain] = {
    name: {"@id": term, "@type": "@id"}
    for name, term in {
        "lawful_basis": "dpv:hasLegalBasis",
        "processing_method": "dpv:hasProcessing",
        "purpose_type": "rdf:type",
        "party_type": "rdf:type",
        "duration_type": "rdf:type",
    }.items()
}
_TIMES: dict[str, Plain] = {
    name: {"@id": term, "@type": "xsd:dateTime"}
    for name, term in {"event_time": "dct:date", "issued_at": "dct:issued", "until": "dct:valid"}.items()
}

CONTEXT: dict[str, Plain] = {
    "@vocab": "urn:ask-first:receipt:",
    "dct": "http://purl.org/dc/terms/",
    "dpv": "https://w3id.org/dpv#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "ConsentReceipt": "dpv:ConsentReceipt",
    "ConsentRecord": "dpv:ConsentRecord",
    "schema_version": "dct:conformsTo",
    "receipt_id": "dct:identifier",
    "record_id": "dct:identifier",
    "records": "dct:hasPart",
    "pii_principal_id": "dpv:hasDataSubject",
    "issuer": "dct:publisher",
    "language": "dct:language",
    "privacy_notice": "dpv:hasNotice",
    "notice_id": "dct:identifier",
    "notice_version": "dct:hasVersion",
    "text": "dct:description",
    "purpose": "dpv:hasPurpose",
    "purpose_id": "dct:identifier",
    "pii_information": "dpv:hasPersonalData",
    "pii_attribute_id": "dct:identifier",
    "pii_type": "dct:title",
    "pii_controllers": "dpv:hasDataController",
    "authority_party": "dpv:hasAuthority",
    "party_id": "dct:identifier",
    "party_name": "dpv:hasName",
    "party_address": "dpv:hasAddress",
    "party_contact": "dpv:hasContact",
    "party_phone": "dpv:hasContact",
    "collection_method": "dpv:hasDataSource",
    "storage_locations": "dpv:hasStorageCondition",
    "retention_period": "dpv:hasStorageCondition",
    "processing_locations": "dpv:hasLocation",
    "jurisdiction": "dpv:hasJurisdiction",
    "recipient_third_parties": "dpv:hasRecipient",
    "withdrawal_method": "dpv:hasConsentControl",
    "privacy_rights": "dpv:hasRight",
    "validity_duration": "dpv:hasDuration",
    "events": "dct:hasPart",
    "entity_id": "dpv:hasEntity",
    "state": {"@id": "dpv:hasConsentStatus", "@type": "@vocab"},
    "event_state": {"@id": "dpv:hasConsentStatus", "@type": "@vocab"},
    **STATES,
    **_IDS,
    **_TIMES,
}
"""The `@context` of every receipt. With another one, a receipt is refused: it would mean something else."""
