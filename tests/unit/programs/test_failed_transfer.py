"""Days, parts and sums agree with counting them out; lengths of IBANs with published examples that check."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from programs import help_for
from programs.bank.payment_facts import Transfers
from programs.failed_transfer.account_numbers import Iban
from tests.catalogue import our_catalogue
from tests.unit.programs.payment_calendars import irish, settles, walk

CATALOGUE = our_catalogue()
PROGRAM = CATALOGUE.programs["failed_transfer"]
FOLDER = Path(__file__).parents[3] / "programs"
TRANSFERS = Transfers.model_validate(yaml.safe_load((FOLDER / "bank.yml").read_text())["transfers"])
IBAN = Iban.model_validate(yaml.safe_load((FOLDER / "failed_transfer" / "bank.yml").read_text())["iban"])
TODAY = date(2026, 5, 6)
A_DAY = timedelta(days=1)
days = st.dates(min_value=date(2023, 1, 1), max_value=date(2032, 12, 31))
amounts = st.decimals(min_value=1, max_value=500_000, places=2)
# from SWIFT's IBAN Registry
REGISTRY = """
AD1200012030200359100100 AE070331234567890123456 AL47212110090000000235698741 AT611904300234573201
BA391290079401028494 BE68539007547034 BG80BNBG96611020345678 BR1800360305000010009795493C1
CH9300762011623852957 CR05015202001026284066 CY17002001280000001200527600 CZ6508000000192000145399
DE89370400440532013000 DK5000400440116243 DO28BAGR00000001212453611324 EE382200221020145685
EG380019000500000000263180002 ES9121000418450200051332 FI2112345600000785 FO6264600001631634
FR1420041010050500013M02606 GB29NWBK60161331926819 GE29NB0000000101904917 GI75NWBK000000007099453
GL8964710001000206 GR1601101250000000012300695 GT82TRAJ01020000001210029690 HR1210010051863000160
HU42117730161111101800000000 IE29AIBK93115212345678 IL620108000000099999999 IS140159260076545510730339
IT60X0542811101000000123456 JO94CBJO0010000000000131000302 KW81CBKU0000000000001234560101
KZ86125KZT5004100100 LB62099900000001001901229114 LI21088100002324013AA LT121000011101001000
LU280019400644750000 LV80BANK0000435195001 MC5811222000010123456789030 MD24AG000225100013104168
ME25505000012345678951 MK07250120000058984 MR1300020001010000123456753 MT84MALT011000012345MTLCAST001S
MU17BOMM0101101030300200000MUR NL91ABNA0417164300 NO9386011117947 PK36SCBL0000001123456702
PL61109010140000071219812874 PS92PALS000000000400123456702 PT50000201231234567890154
QA58DOHB00001234567890ABCDEFG RO49AAAA1B31007593840000 RS35260005601001611379
SC18SSCB11010000000000001497USD SE4550000000058398257466 SI56263300012039086 SK3112000000198742637541
SM86U0322509800000000270100 SV62CENR00000000000000700025 TN5910006035183598478831 TR330006100519786457841326
UA213223130000026007233566001 VA59001123000012345678 VG96VPVG0000012345678901 XK051212012345678906
"""
EXAMPLES = REGISTRY.split()


def figures(today: date = TODAY, **values: object) -> dict[str, object]:
    return {figure.id: figure.value for figure in help_for(PROGRAM, values, today=today).figures}


def text(today: date = TODAY, **values: object) -> str:
    return help_for(PROGRAM, values, today=today).text


def counted(today: date, target_days: int) -> date:
    day, left = today, target_days
    while left:
        day += A_DAY
        left -= settles(day)
    return day


@given(today=days)
def test_days_are_counted_as_the_banks_count_them(today):
    assert figures(today, transfer_problem="returned")["back_by"] == counted(today, 3)
    assert figures(today, transfer_problem="declined")["reason_by"] == counted(today, 1)
    wrong = figures(today, transfer_problem="wrong_details", transfer_country="DE")
    assert (wrong["recall_answer_by"], wrong["recall_twice_by"]) == (counted(today, 15), counted(today, 10))


@given(today=days)
def test_an_order_can_be_cancelled_until_it_goes_out(today):
    euro = figures(today, transfer_problem="cancel")
    assert euro["cancel_until"] == walk(today, settles, 0, in_time=True)
    assert euro["cancel_until_if_late"] == walk(today, settles, 0, in_time=False)
    far = figures(today, transfer_problem="cancel", transfer_country="BV")  # holidays there are not known
    assert far["cancel_until"] == walk(today, irish, 0, in_time=True)
    assert far["on_its_way_until"] == walk(today, irish, 4, in_time=False)


@given(amount=amounts)
def test_the_parts_are_the_fewest_that_the_limits_let_through(amount):
    found = figures(transfer_problem="over_limit", transfer_amount_eur=amount)
    limit = 10_000 if amount <= 50_000 else 50_000
    left, parts = Fraction(amount), 0
    while left > 0:
        left, parts = left - limit, parts + 1
    assert found["days_in_a_row"] == parts
    if parts > 1:
        each = found["a_day_at_most"]
        assert each <= limit
        assert each * parts >= amount > (each - Decimal("0.01")) * parts


@given(amount=amounts, problem=st.sampled_from(["declined", "over_limit", None]))
def test_what_is_needed_is_the_amount_and_outside_sepa_the_fee(amount, problem):
    known = {"transfer_amount_eur": amount} | ({"transfer_problem": problem} if problem else {})
    assert figures(**known, transfer_country="IE")["needed"] == amount
    abroad = figures(**known, transfer_country="JP")
    assert abroad["needed"] - 12 == amount
    assert abs(Fraction(abroad["exchange_margin"]) - Fraction(amount) / 200) <= Fraction(1, 200)


@pytest.mark.parametrize(
    "amount", [Decimal(10_000), Decimal("10000.01"), Decimal(50_000), Decimal("50000.01")]
)
def test_the_limits_are_exact_to_the_cent(amount):
    said = text(transfer_problem="over_limit", transfer_amount_eur=amount)
    assert ("within the daily limit" in said) == (amount <= 10_000)
    assert ("by phone (" in said) == (amount > 50_000)


def test_the_published_examples_check_and_have_the_lengths_that_we_state():
    for example in EXAMPLES:
        digits = "".join(str(int(letter, 36)) for letter in example[4:] + example[:4])
        assert int(digits) % 97 == 1, example  # ISO 7064, MOD 97-10
    lengths = {example[:2]: len(example) for example in EXAMPLES}
    assert lengths == {code: length for code, length in IBAN.lengths.items() if code in lengths}
    assert set(IBAN.lengths) - set(lengths) <= {"AZ", "BH", "BY", "IQ", "LY", "SA"}


@pytest.mark.parametrize("country", TRANSFERS.sepa_countries)
def test_every_sepa_country_has_an_iban(country):
    assert IBAN.letters_of(country)


@pytest.mark.parametrize("country", ["US", "IN", "JP", "QQ"])
def test_where_there_is_no_iban_nobody_is_told_to_count_its_digits(country):
    assert "mostly have no IBAN" in text(transfer_problem="wrong_details", transfer_country=country)


def test_the_general_help_says_what_the_bank_states():
    said = PROGRAM.general_help + "".join(need.first for need in PROGRAM.finer_needs.values())
    for fact in (
        f"€{TRANSFERS.app_day_limit_eur:,} a day in the app",
        f"€{TRANSFERS.phone_day_limit_eur:,} by phone",
        f"{TRANSFERS.return_target_days} business days",
        f"up to {TRANSFERS.recall_target_days} business days",
        f"until {TRANSFERS.standard_cut_off} Irish time",
        f"({TRANSFERS.outside_cut_off} for countries outside SEPA)",
    ):
        assert fact in said.replace("\n", " ")
    assert f"€{TRANSFERS.app_day_limit_eur:,} a day" in PROGRAM.sentences["over_limit"]
