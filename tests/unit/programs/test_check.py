"""`python -m programs check` names all that is missing at once and ends with 1."""

from __future__ import annotations

import pytest
import yaml
from typer.testing import CliRunner

from programs import load_catalogue
from programs.__main__ import app

BESIDE = ("README.md", "cases.yml", "conversation.yml", "story.yml")


@pytest.fixture
def programs(copy):
    return load_catalogue(copy.root).programs


@pytest.fixture
def project(copy, programs):
    """A project with all that its programs need, and nothing else."""
    root = copy.root.parent
    for name, program in programs.items():
        for file in BESIDE:
            _write(copy.root / name / file, "[]")
        _write_examples(root, name, 40, **dict.fromkeys(program.finer_needs, 8))
    intents = ["greet", *({f"need_{name}": {"use_entities": []}} for name in programs)]
    _write(root / "domain.yml", yaml.safe_dump({"intents": intents}))
    return root


def _write_examples(root, name, general, **finer):
    blocks = [{"examples": _examples(general)}]
    blocks += [{"metadata": {"finer_need": key}, "examples": _examples(n)} for key, n in finer.items()]
    nlu = [{"intent": f"need_{name}"} | block for block in blocks]
    _write(root / "data/nlu" / f"{name}.yml", yaml.safe_dump({"version": "3.1", "nlu": nlu}))


def _examples(number):
    return "".join(f"- help me with it {n}\n" for n in range(number))


def _write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def _check(project):
    return CliRunner().invoke(app, ["check", "--project", str(project)])


def _outside(result):
    """Faults of the project around the programs; what the catalogue's own tests find is not repeated here."""
    return [line for line in result.stderr.splitlines() if "no program asks for it" not in line]


def test_a_whole_project_passes(project, programs):
    result = _check(project)
    assert _outside(result) == []
    assert f"{len(programs)} help programs" in result.stdout


def test_the_end_is_bad_only_if_there_is_a_fault(project, copy):
    faults = _check(project).stderr.splitlines()
    for line in faults:  # items that no program asks for yet
        file, item, _ = line.split(": ", 2)
        copy.edit(file.removeprefix("programs/"), lambda items, item=item: items.pop(item))
    assert _check(project).exit_code == 0
    (copy.root / "lost_card/README.md").unlink()
    assert _check(project).exit_code == 1


def test_all_that_is_missing_is_named_at_once(project, copy, programs):
    (project / "data/nlu/lost_card.yml").unlink()
    for file in BESIDE:
        (copy.root / "debt_payoff" / file).unlink()
    others = [f"need_{name}" for name in programs if name != "card_delivery"]
    _write(project / "domain.yml", yaml.safe_dump({"intents": others}))
    _write_examples(project, "debt_payoff", 1)
    copy.edit("debt_payoff/program.yml", lambda p: p.update(purpose="serve you better and for marketing"))
    result = _check(project)
    assert result.exit_code == 1
    for words in (
        "data/nlu/lost_card.yml: file is missing",
        *(f"programs/debt_payoff/{file}: file is missing: it " for file in BESIDE),
        "domain.yml: intents: lacks need_card_delivery",
        "data/nlu/debt_payoff.yml: nlu.need_debt_payoff: has 1 examples; at least 40",
        "programs/debt_payoff/program.yml: purpose: vague",
        "programs/debt_payoff/program.yml: purpose: bundled",
    ):
        assert words in result.stderr


def test_examples_of_another_need_do_not_count(project):
    _write(project / "data/nlu/lost_card.yml", "nlu: [{intent: need_other, examples: '- x'}]")
    assert "data/nlu/lost_card.yml: nlu: has no examples of need_lost_card" in _check(project).stderr


def test_a_program_with_faults_is_still_checked_outside(project, copy):
    copy.write("lost_card/program.yml", "id: [")
    (copy.root / "lost_card/README.md").unlink()
    result = _check(project)
    assert "programs/lost_card/program.yml: not valid YAML" in result.stderr
    assert "programs/lost_card/README.md: file is missing" in result.stderr


def test_each_finer_need_needs_examples_of_its_own(project, copy):
    finer = {"card_lost": {"need": "a lost card", "first": "Look twice."}}
    copy.edit("lost_card/program.yml", lambda p: p.update(finer_needs=finer))
    _write_examples(project, "lost_card", 32, card_lost=8)
    assert _outside(_check(project)) == []
    _write_examples(project, "lost_card", 33, card_lost=7)
    _write_examples(project, "debt_payoff", 40, card_lost=1)
    said = _check(project).stderr
    assert "need_lost_card: has 7 examples of finer need card_lost; at least 8" in said
    assert "need_debt_payoff: finer need card_lost is none of the program's" in said


def test_examples_of_all_blocks_are_counted_together(project, copy):
    copy.edit("lost_card/program.yml", lambda p: p.pop("finer_needs", None))
    _write_examples(project, "lost_card", 39)
    assert "need_lost_card: has 39 examples; at least 40" in _check(project).stderr
    _write_examples(project, "lost_card", 40)
    assert _outside(_check(project)) == []


def test_an_item_stands_where_those_who_ask_for_it_are(project, copy):
    copy.edit("lost_card/program.yml", lambda p: p["items"][0].update(item="card_order_date"))
    said = _check(project).stderr
    belongs = "card_order_date: belongs in programs/items.yml: lost_card asks for it too"
    assert f"programs/card_delivery/items.yml: {belongs}" in said
    assert "programs/lost_card/items.yml: card_last_seen_date: no program asks for it" in said
