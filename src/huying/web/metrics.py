"""Figures about the web process for Prometheus. Labels are route patterns and statuses, never addresses or people."""

from __future__ import annotations

import time

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 1, 3, 10)


class WebMetrics:
    """The figures of one web process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.seconds = Histogram(
            "huying_http_request_seconds", "Time to answer a request", ["method", "route"], buckets=BUCKETS, registry=self.registry
        )
        self.answers = Counter("huying_http_answers", "Answers by status", ["method", "route", "status"], registry=self.registry)
        self.feed_people = Gauge("huying_feed_people", "People whose browser is connected to the live feed", registry=self.registry)
        self.feed_sockets = Gauge("huying_feed_sockets", "Open live feed connections", registry=self.registry)

    def text(self) -> bytes:
        """All figures in Prometheus' text form."""
        return generate_latest(self.registry)


class MeasuredApp:
    """Counts and times every HTTP request of the app inside."""

    def __init__(self, app: ASGIApp, metrics: WebMetrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and take its time."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            route = getattr(scope.get("route"), "path", "none")
            self._metrics.seconds.labels(scope["method"], route).observe(time.perf_counter() - started)
            self._metrics.answers.labels(scope["method"], route, str(status)).inc()


def metrics_router() -> APIRouter:
    """The route that Prometheus reads; the outer port does not relay it."""
    router = APIRouter(include_in_schema=False)

    @router.get("/metrics")
    async def metrics(request: Request) -> Response:
        found: WebMetrics = request.app.state.metrics
        return Response(found.text(), media_type=CONTENT_TYPE_LATEST)

    return router
