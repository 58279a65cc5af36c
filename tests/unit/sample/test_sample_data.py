"""The sample is the same everywhere, and valid."""

from __future__ import annotations

from datetime import date

from huying.crm.customers.numbers import to_e164
from huying.sample.customers import HOW_MANY, sample_customers
from huying.sample.organisation import DISPOSITIONS, PEOPLE, QUEUES

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
    queues = {queue.code for queue in QUEUES}
    agents = [person for person in PEOPLE if person.role == "agent"]
    assert len(agents) == 12
    assert all(agent.extension and set(agent.queues) <= queues for agent in agents)
    assert {queue for queue, _, _ in DISPOSITIONS} - {""} <= queues
    for queue in queues:
        assert sum(queue in agent.queues and not agent.simulated for agent in agents) >= 2
