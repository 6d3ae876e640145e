"""
Who can have an account: the answer for this country, age and kind, and what to have ready for it.

The answer comes from a table in bank.yml; this module only looks it up and counts days. Pure; a person's
nationality, name and birthday are never asked for.
"""

from __future__ import annotations

from datetime import date

from programs.bank.business_days import open_day_after, open_in
from programs.bank.card_post import CardPost, Zone
from programs.bank.months import months_later
from programs.eligibility.rules import IN_A_BRANCH, KINDS, OPENS, AccountRules, Age, Answer, Kind
from programs.saying.tailoring import Figure, Help, Sentence

KIND_SENTENCES: dict[Kind, str] = {"own": "own_kind", "youth": "youth_kind", "joint": "joint_kind"}
FOR_WHOM: dict[Kind, Age] = {"own": "from_18", "youth": "from_7_to_15", "joint": "from_18"}
BY_AGE: dict[Kind, str] = {"own": "own_by_age", "youth": "youth_by_age", "joint": "joint_by_age"}


def eligibility(
    *,
    residence_country: str | None,
    age_group: Age | None,
    account_kind: Kind | None,
    today: date,
    account_rules: AccountRules,
    card_post: CardPost,
) -> Help:
    """
    Which account is possible, with which papers and by which day, as far as the given values allow.

    `residence_country` is an ISO 3166-1 alpha-2 code. None means "not given". Raises nothing for values in
    range. Source: the bank's table in bank.yml; Directive 2014/92/EU, Article 16; README.md.
    """
    zone = None if residence_country is None else card_post.zone_of(residence_country)
    if residence_country is not None and zone == "world":
        return _elsewhere(residence_country, age_group, account_kind, account_rules, card_post)
    answers = _answers(
        account_rules, zone or card_post.zone_of(card_post.home_country), age_group, account_kind
    )
    said = [*_verdict(account_rules, answers, age_group, account_kind), _place(residence_country)]
    figures = [Figure("accounts_possible", len(OPENS & set(answers.values())), "account")]
    if set(answers.values()) != {"too_young"}:
        papers = _papers(residence_country, account_rules, today)
        ways = _ways(answers, account_rules, today, card_post.home_country)
        said += [*papers.sentences, *ways.sentences]
        figures += [*papers.figures, *ways.figures]
    return Help(tuple(said), tuple(figures))


def _answers(rules: AccountRules, zone: Zone, age: Age | None, kind: Kind | None) -> dict[Kind, Answer]:
    """The answer for each kind that is asked about; without an age, that for those whom the kind is for."""
    return {k: rules.answers[zone][k][age or FOR_WHOM[k]] for k in KINDS if kind in (None, k)}


def _verdict(
    rules: AccountRules, answers: dict[Kind, Answer], age: Age | None, kind: Kind | None
) -> list[Sentence]:
    """The answer itself: one, or one for all kinds or all ages where one of them is not known."""
    if age is None:
        all_kinds = tuple(Sentence(KIND_SENTENCES[k], rules.ages) for k in KINDS)
        return [
            Sentence("kinds_by_age", {"kinds": all_kinds})
            if kind is None
            else Sentence(BY_AGE[kind], rules.ages)
        ]
    if kind is not None or set(answers.values()) == {"too_young"}:
        return [Sentence(next(iter(answers.values())), rules.ages)]
    yes = tuple(Sentence(KIND_SENTENCES[k], rules.ages) for k, answer in answers.items() if answer in OPENS)
    no = tuple(
        Sentence(KIND_SENTENCES[k], rules.ages) for k, answer in answers.items() if answer not in OPENS
    )
    return [Sentence("possible_now", {"kinds": yes}), Sentence("not_at_that_age", {"kinds": no})]


def _place(country: str | None) -> Sentence:
    return Sentence("if_resident") if country is None else Sentence("lives_there", {"country": country})


def _papers(country: str | None, rules: AccountRules, today: date) -> Help:
    """What to have ready, with the oldest date that a proof of address may bear."""
    oldest = months_later(today, -rules.proof_of_address_months)
    key = "papers" if country is None else "papers_there"
    return Help(
        (Sentence(key, {"country": country, "oldest": oldest}),),
        (Figure("proof_dated_from", oldest, "date"),),
    )


def _ways(answers: dict[Kind, Answer], rules: AccountRules, today: date, home: str) -> Help:
    """By when the check is done if it is done today; a youth account alone is opened in a branch instead."""
    if set(answers.values()) <= IN_A_BRANCH:
        return Help(())
    by_hand = open_day_after(today, rules.check_by_hand_business_days, open_in(home))
    basic = open_day_after(today, rules.basic_account_business_days, open_in(home))
    return Help(
        (Sentence("done_by", {"by_hand": by_hand}), Sentence("basic_account", {"basic": basic})),
        (Figure("checked_by", by_hand, "date"), Figure("basic_account_by", basic, "date")),
    )


def _elsewhere(country: str, age: Age | None, kind: Kind | None, rules: AccountRules, post: CardPost) -> Help:
    """Outside the European Economic Area: no, why, and what would hold after moving there."""
    refused = rules.answers["world"][kind or "own"][age or "from_18"]
    later = _verdict(rules, _answers(rules, "eea", age, kind), age, kind)
    countries = len(post.eea_countries)
    said = (
        Sentence(refused, {"country": country}),
        Sentence("other_bank"),
        Sentence("after_moving", {"countries": countries}),
        *later,
    )
    return Help(said, (Figure("accounts_possible", 0, "account"), Figure("countries", countries, "country")))
