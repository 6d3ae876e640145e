"""
Three stores on one database, one of them in a process of its own, in any order: they act as one.

The model of one page and its rules come from the contract suite; here each step goes through another
store, as with an action server, a portal and a command at once.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from consent_store import StoreKeys, open_store
from tests.contract.test_model import ConsentMachine
from tests.postgres.databases import Databases
from tests.robustness.remote import RemoteStore

LONGER = int(os.environ.get("ASKFIRST_SOAK", "200")) / 200


class SeveralStores(ConsentMachine):
    """The rules of one store, with a rule more: from now on the person is served by another one."""

    def open(self, url: str) -> None:
        """Stores in two processes."""
        here = [open_store(url, keys=StoreKeys(b"m" * 32), clock=self.clock) for _ in range(2)]
        self.stores = [*here, RemoteStore(url, self.clock)]
        self.store = self.stores[0]
        self.address = url

    @rule(number=st.integers(0, 2))
    def turn_to_another_store(self, number: int) -> None:
        self.store = self.person.store = self.stores[number]

    @rule()
    def kill_the_other_process(self) -> None:
        self.stores[2].kill()
        self.stores[2] = RemoteStore(self.address, self.clock)
        self.turn_to_another_store(2)

    def teardown(self) -> None:
        for store in self.stores[1:]:
            store.close()
        self.store = self.stores[0]
        super().teardown()


def how_long(examples: int) -> settings:
    """So many runs of thirty steps; more in a soak."""
    return settings(
        max_examples=max(1, round(examples * LONGER)),
        stateful_step_count=30,
        suppress_health_check=list(HealthCheck),
    )


def test_several_stores_on_one_database_act_as_one():
    run_state_machine_as_test(SeveralStores, settings=how_long(8))


def test_several_stores_on_one_postgresql_act_as_one(postgres_databases: Databases):
    class OnPostgres(SeveralStores):
        def new_database(self) -> str:
            return postgres_databases.empty()

    run_state_machine_as_test(OnPostgres, settings=how_long(5))
