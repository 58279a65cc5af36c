"""The agents' choices of devices out of the configuration. Pure."""

from __future__ import annotations

from huying.channels.callback.numbers import dialled
from huying.channels.voice.devices.choice import BY_HAND, KIND_NUMBER, Choice, Choices, Device
from huying.channels.voice.directory import Configuration
from huying.telephony.port import PhoneAccount


def choices_of(configuration: Configuration) -> Choices:
    """What rings when an agent is rung."""
    people = {*configuration.devices, *(person for person, work in configuration.work.items() if work.answer_seconds != BY_HAND)}
    return Choices(
        by_person={person: _choice(configuration, person) for person in sorted(people)},
        owners=configuration.account_owners,
        kinds={account.name: account.kind for account in configuration.accounts},
    )


def _choice(configuration: Configuration, person_id: str) -> Choice:
    chosen, work = configuration.devices.get(person_id), configuration.work.get(person_id)
    devices: list[Device] = []
    if chosen:
        mine = {account.kind: account for account in configuration.accounts if configuration.account_owners.get(account.name) == person_id}
        devices = [_device(configuration, person_id, mine[kind]) for kind in chosen.kinds if kind in mine]
    return Choice(
        person_id=person_id,
        devices=tuple(devices),
        permanent=bool(chosen and chosen.permanent and devices),
        answer_seconds=work.answer_seconds if work else BY_HAND,
        language=chosen.language if chosen else "zh-CN",
    )


def _device(configuration: Configuration, person_id: str, account: PhoneAccount) -> Device:
    if account.kind != KIND_NUMBER:
        return Device(account.name, account.kind)
    agent = configuration.routing.agents.get(person_id)
    business_id = agent.business_id if agent else ""
    number, trunk = dialled(account.secret), configuration.trunk_of(business_id)
    return Device(account.name, account.kind, number, trunk, configuration.line_number_of(business_id))
