"""What the roles as delivered may do. Pure: role -> permissions; every route names one of these permissions."""

from __future__ import annotations

from collections.abc import Iterable

PERMISSIONS: dict[str, str] = {
    "account.own": "one's own session, language and password",
    "desk.use": "take contacts at the desk",
    "colleagues.talk": "write to colleagues, read notices to the staff, be asked for help",
    "notices.publish": "tell a group, a queue's people or everybody something, and see who has read it",
    "customers.view": "see customers and what they own",
    "customers.edit": "make and change customers and what they own",
    "customers.merge": "make one customer of several that are the same, and take that back",
    "customers.manage": "define customers' fields, tags and classes",
    "customers.import": "bring customers in from files, and take imports back",
    "customers.export": "take customers out as files",
    "knowledge.view": "find and read articles",
    "knowledge.edit": "write, publish and withdraw articles",
    "contacts.view_own": "see the history of one's own contacts",
    "contacts.view": "see the history of everybody's contacts",
    "recordings.listen_own": "listen to the recordings of one's own conversations",
    "recordings.listen": "listen to everybody's recordings",
    "live.view": "see queues, agents and calls as they happen",
    "live.listen": "listen to a colleague's call, whisper to the colleague, join it; journalled",
    "live.join": "come into a colleague's conversation",
    "agents.steer": "change an agent's status, sign an agent out",
    "reports.view": "see figures of the past",
    "queues.view": "see queues and who serves them",
    "queues.manage": "change queues, break reasons, dispositions and who serves what",
    "hours.manage": "change schedules, holidays and other special days",
    "hours.close": "close or open the centre, or a part of it, over its hours",
    "flows.manage": "change and publish flows",
    "people.view": "see people and their roles",
    "people.manage": "make people, change them, reset passwords",
    "settings.manage": "change the business, its numbers, web entries, trunks and phones",
    "audit.view": "see who changed what",
}

OWN = frozenset({"contacts.view_own", "recordings.listen_own"})
"""What routes of one's own contacts demand; the wider permission widens what is seen there."""

ROLES: dict[str, frozenset[str]] = {
    "agent": frozenset({"account.own", "desk.use", "colleagues.talk", "customers.view", "customers.edit", "queues.view", "knowledge.view"})
    | OWN,
    "reviewer": frozenset(
        {
            "account.own",
            "colleagues.talk",
            "contacts.view",
            "recordings.listen",
            "customers.view",
            "reports.view",
            "queues.view",
            "knowledge.view",
        }
    )
    | OWN,
    "knowledge_editor": frozenset({"account.own", "colleagues.talk", "queues.view", "knowledge.view", "knowledge.edit"}),
}
ROLES["lead"] = ROLES["agent"] | {
    "customers.merge",
    "contacts.view",
    "recordings.listen",
    "live.view",
    "live.listen",
    "live.join",
    "agents.steer",
    "notices.publish",
    "reports.view",
    "people.view",
    "hours.close",
}
ROLES["manager"] = ROLES["lead"] | {
    "customers.import",
    "customers.export",
    "customers.manage",
    "knowledge.edit",
    "queues.manage",
    "hours.manage",
    "flows.manage",
    "audit.view",
}
ROLES["administrator"] = frozenset(PERMISSIONS)


def permissions_of(roles: Iterable[str]) -> frozenset[str]:
    """All permissions of the roles together; a role nobody knows gives none."""
    return frozenset(permission for role in roles for permission in ROLES.get(role, frozenset()))
