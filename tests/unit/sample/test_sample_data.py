"""The sample is the same everywhere, and valid."""

from __future__ import annotations

from datetime import date

from huying.crm.customers.numbers import to_e164
from huying.routing.rules.names import Names, named
from huying.routing.rules.text import parse_requirements
from huying.sample.centre import GROUPS, QUEUES, SKILLS
from huying.sample.customers import HOW_MANY, sample_customers
from huying.sample.organisation import DISPOSITIONS, PEOPLE

TODAY = date(2026, 11, 21)


def test_customers_are_the_same_each_time_with_numbers_and_serials_of_their_own() -> None:
    customers = sample_customers(TODAY)
    assert customers == sample_customers(TODAY)
    assert len(customers) == HOW_MANY
    numbers = [number for customer in customers for number in customer.numbers]
    assert len(numbers) == len(set(numbers))
    assert all(to_e164(number) == number for number in numbers)
    serials = [asset.serial for customer in customers for asset in customer.assets]
    assert len(serials) == len(set(serials))
    assert max(len(customer.name) for customer in customers) > 60
    assert {customer.customer_class for customer in customers} == {"vip", "gold", "normal"}


def test_people_serve_queues_that_are_there() -> None:
    queues, groups, skills = {queue.code for queue in QUEUES}, {code for code, _ in GROUPS}, {code for code, _, _ in SKILLS}
    agents = [person for person in PEOPLE if person.role == "agent"]
    assert len(agents) == 12
    assert all(agent.extension and agent.groups and set(agent.groups) <= groups and set(agent.skills) <= skills for agent in agents)
    assert all(1 <= level <= 10 for agent in agents for level in (*agent.groups.values(), *agent.skills.values()))
    assert {queue for queue, _, _ in DISPOSITIONS} - {""} <= queues
    for queue in QUEUES:
        assert set(queue.groups) <= groups
        assert sum(not agent.simulated and not agent.groups.keys().isdisjoint(queue.groups) for agent in agents) >= 2


def test_the_queues_rules_can_be_read() -> None:
    known = Names(
        named((code, code, name) for code, _, name in SKILLS),
        named((code, code, name) for code, name in GROUPS),
        named((queue.code, queue.code, queue.name) for queue in QUEUES),
    )
    for queue in QUEUES:
        assert parse_requirements(queue.requirements, known, queue.code).problems == (), queue.code
