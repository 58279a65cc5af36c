"""The web application: puts every wing's routes under one roof, with the guard's ground, strict headers, errors and figures.

Constructs nothing that talks to the outside: bootstrap hands in the parts, tests hand in their own.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute

from huying.admin.api import router as admin_router
from huying.admin.calendar.api import router as hours_router
from huying.admin.calendar.holidays_api import router as holidays_router
from huying.admin.changes.api import router as changes_router
from huying.admin.preferences.api import router as preferences_router
from huying.admin.wiring import Admin, make_admin
from huying.analytics.agent_day_api import router as agent_day_router
from huying.analytics.api import router as analytics_router
from huying.analytics.candidates_api import router as candidates_router
from huying.analytics.live import LiveCentre
from huying.analytics.own_calls_api import router as own_calls_router
from huying.channels.book.api import router as book_router
from huying.channels.book.targets_api import router as targets_router
from huying.channels.callback.api import router as callback_router
from huying.channels.colleagues.api import erasing_router
from huying.channels.colleagues.api import router as colleagues_router
from huying.channels.desk.api import router as desk_router
from huying.channels.desk.party_api import router as desk_party_router
from huying.channels.desk.phones import Phones
from huying.channels.desk_work.api import router as desk_work_router
from huying.channels.devices.api import router as devices_router
from huying.channels.dialling.api import router as dialling_router
from huying.channels.dialling.desk_api import router as dial_router
from huying.channels.dialling.inner_api import router as inner_numbers_router
from huying.channels.dispositions.api import router as dispositions_router
from huying.channels.embedding.api import router as embedding_router
from huying.channels.keypad.api import router as keypad_router
from huying.channels.messages.api import router as messages_router
from huying.channels.notes.api import router as notes_router
from huying.channels.notices.api import router as notices_router
from huying.channels.reach.api import router as reach_router
from huying.channels.reach.duty_api import router as duty_router
from huying.channels.settings_api import router as channel_settings_router
from huying.channels.sounds.api import router as sounds_router
from huying.channels.tasks.api import router as tasks_router
from huying.channels.web_call.api import WebCalls
from huying.channels.web_call.api import router as web_call_router
from huying.crm.assets.api import router as assets_router
from huying.crm.callers.api import router as callers_router
from huying.crm.companies.api import router as companies_router
from huying.crm.customers.api import router as customers_router
from huying.crm.exporting.api import router as customer_exports_router
from huying.crm.fields.api import router as fields_router
from huying.crm.hints.api import router as hints_router
from huying.crm.importing.api import router as customer_imports_router
from huying.crm.knowledge.api import router as knowledge_router
from huying.crm.knowledge.editing_api import router as knowledge_editing_router
from huying.crm.knowledge.links import ArticleLinks
from huying.crm.knowledge.public_api import router as public_articles_router
from huying.crm.merging.api import router as merging_router
from huying.crm.purchases.api import router as purchases_router
from huying.crm.recognition.api import router as recognition_router
from huying.crm.tagging.api import router as tags_router
from huying.flows.api import router as flows_router
from huying.foundation.http import Ground
from huying.routing.desk_identity import agent_finder
from huying.routing.hooks.api import router as hooks_router
from huying.routing.rules.api import router as requirements_router
from huying.routing.settings.agents_api import router as agents_router
from huying.routing.settings.api import router as routing_router
from huying.routing.settings.groups_api import router as groups_router
from huying.routing.settings.queues_api import router as routing_settings_router
from huying.routing.settings.refusals_api import router as refusal_reasons_router
from huying.routing.settings.skills_api import router as skills_router
from huying.supervision.monitoring_api import router as monitoring_router
from huying.supervision.recordings.api import router as recordings_router
from huying.supervision.steering_api import router as steering_router
from huying.telephony.trunks_api import router as trunks_router
from huying.web.embed_auth import router as embed_auth_router
from huying.web.errors import mount_errors
from huying.web.health import health_router
from huying.web.live.endpoint import LiveFeed, live_router
from huying.web.metrics import MeasuredApp, WebMetrics, metrics_router
from huying.web.phone_auth import router as phone_auth_router
from huying.web.security import GuardedApp
from huying.web.views.booked_callbacks import router as booked_callbacks_router
from huying.web.views.callbacks import router as callbacks_router
from huying.web.views.customer_contacts import router as customer_contacts_router
from huying.web.views.desk_closing import router as desk_closing_router
from huying.web.views.desk_contact import router as desk_contact_router
from huying.web.views.help_requests import router as help_router
from huying.web.views.knowledge import router as contact_knowledge_router
from huying.web.views.requirements_preview import router as requirements_preview_router
from huying.web.views.schedule_uses import router as schedule_uses_router

ROUTERS: tuple[APIRouter, ...] = (
    admin_router,
    preferences_router,
    changes_router,
    hours_router,
    holidays_router,
    schedule_uses_router,
    desk_contact_router,
    desk_router,
    desk_party_router,
    inner_numbers_router,
    keypad_router,
    recognition_router,
    customers_router,
    customer_imports_router,
    customer_exports_router,
    companies_router,
    tags_router,
    fields_router,
    hints_router,
    purchases_router,
    merging_router,
    assets_router,
    knowledge_router,
    knowledge_editing_router,
    public_articles_router,
    contact_knowledge_router,
    callers_router,
    routing_router,
    routing_settings_router,
    refusal_reasons_router,
    agents_router,
    groups_router,
    skills_router,
    hooks_router,
    requirements_router,
    requirements_preview_router,
    channel_settings_router,
    dispositions_router,
    notes_router,
    tasks_router,
    desk_closing_router,
    desk_work_router,
    dialling_router,
    dial_router,
    reach_router,
    duty_router,
    trunks_router,
    steering_router,
    monitoring_router,
    flows_router,
    analytics_router,
    agent_day_router,
    candidates_router,
    own_calls_router,
    recordings_router,
    customer_contacts_router,
    web_call_router,
    callback_router,
    devices_router,
    callbacks_router,
    booked_callbacks_router,
    messages_router,
    colleagues_router,
    erasing_router,
    book_router,
    targets_router,
    sounds_router,
    notices_router,
    embedding_router,
    help_router,
)
"""The routes of the API description."""


@dataclass(frozen=True, slots=True)
class WebParts:
    """What the application needs. `more_routers` are those of wings that need wiring of their own; `state` what they look for."""

    ground: Ground
    centre: LiveCentre
    phones: Phones
    web_call_key: bytes
    admin: Admin | None = None
    allowed_origins: frozenset[str] = frozenset()
    """Origins besides the host's own, such as the public URL."""
    more_routers: tuple[APIRouter, ...] = ()
    state: dict[str, object] = field(default_factory=dict)


def make_app(parts: WebParts) -> FastAPI:
    """The application; its lifespan runs the live feed."""
    app = describe_app(parts.more_routers, lifespan=_lifespan)
    metrics = WebMetrics()
    app.state.ground = parts.ground
    app.state.admin = parts.admin or make_admin(parts.ground, agent_finder(parts.ground.database))
    app.state.sessions = app.state.admin.sessions
    app.state.phones = parts.phones
    app.state.web_calls = WebCalls(parts.web_call_key)
    app.state.article_links = ArticleLinks(parts.web_call_key)
    app.state.allowed_origins = parts.allowed_origins
    app.state.metrics = metrics
    app.state.live = LiveFeed(parts.centre, parts.ground, metrics)
    for name, value in parts.state.items():
        setattr(app.state, name, value)
    mount_errors(app)
    app.add_middleware(GuardedApp, allowed_origins=parts.allowed_origins)
    app.add_middleware(MeasuredApp, metrics=metrics)
    return app


def describe_app(more_routers: Iterable[APIRouter] = (), lifespan: Callable[[FastAPI], object] | None = None) -> FastAPI:
    """The routes alone: enough to write the API description."""
    app = FastAPI(
        title="Huying",
        version="1",
        summary="The API of the contact centre",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        generate_unique_id_function=_operation_id,
        lifespan=lifespan,  # type: ignore[arg-type]
    )
    for router in (*ROUTERS, *more_routers, phone_auth_router, embed_auth_router, health_router(), metrics_router(), live_router()):
        app.include_router(router)
    return app


def _operation_id(route: APIRoute) -> str:
    return "_".join((*map(str, route.tags[:1]), route.name))


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    feed = asyncio.create_task(app.state.live.run(), name="live-feed")
    app.state.feed_task = feed
    try:
        yield
    finally:
        feed.cancel()
        await asyncio.gather(feed, return_exceptions=True)
