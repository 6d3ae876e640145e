"""
A choice by number, as an age group is: "I'm 45, my son is 9", "16, 17 in June", "in my forties".

Of several numbers the lowest counts, unless the person is between them ("15 or 16").
"""

from __future__ import annotations

import re

from programs.catalogue.items import Item
from programs.reading.mentions import Mention, mentions
from programs.reading.plain import plain
from programs.reading.spoken import with_digits
from programs.reading.words import any_pattern, words


def number_choices(item: Item, text: str) -> set[str]:
    """The keys of the choices that the numbers in a text name; none if no choice goes by number."""
    if not any(choice.numbers for choice in item.choices.values()):
        return set()
    spoken = with_digits(_decades_in_digits(plain(text)))
    found = [each for each in mentions(spoken) if _is_age(each)]
    if any(_limit(each) for each in found):
        return set(item.choices)
    ages = [age for each in found if (age := _age(each)) is not None]
    keys = {key for age in ages if (key := _key(item, age))}
    if any(each.leads("range") or each.follows("age_range") for each in found[:-1]):
        return keys
    return {key} if ages and (key := _key(item, min(ages))) else set()


def _decades_in_digits(said: str) -> str:
    said = re.sub(r"(?<![\w.,])(\d{1,2}) months?(?! ago)(?!\w)", lambda m: f"{int(m[1]) // 12} years", said)
    for number, names in words()["ages"]["decades"].items():
        said = re.sub(any_pattern(names), f"{number} years", said)
    return re.sub(any_pattern(words()["ages"]["parts"]), "", said)


def _is_age(mention: Mention) -> bool:
    """Whether the number is said of a person: it stands alone, or with years, not with other things."""
    if mention.value is None or mention.value < 0 or mention.follows("not_an_age_before"):
        return False
    return not mention.leads("not_an_age_after") and (
        mention.leads("age_after") or not re.match(r"\s?[^\W\d_]", mention.after)
    )


def _limit(mention: Mention) -> bool:
    """Whether many ages are meant ("under 16", "over 12"); from 18 on, over is one group still."""
    over = mention.follows("age_over") and (mention.value or 0) >= 18
    if mention.follows("not_age_yet"):
        return False
    return (mention.follows("bound_before") or mention.leads("bound_after")) and not over


def _age(mention: Mention) -> int | None:
    """The age today; who "turns 18" is 17 still, "not 16 yet" is no age."""
    if mention.value is None or mention.follows("not_age_yet"):
        return None
    soon = mention.follows("age_soon_before") or mention.leads("age_soon_after")
    return int(mention.value) - (1 if soon else 0)


def _key(item: Item, age: int) -> str | None:
    return next(
        (
            key
            for key, choice in item.choices.items()
            if choice.numbers and choice.numbers[0] <= age <= choice.numbers[1]
        ),
        None,
    )
