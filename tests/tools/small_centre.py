"""The least centre that a visitor's page can call: the public routes in front of a real Asterisk, steered by the test."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI, Response
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from phone_trial import RunningEngine

from huying.foundation.ids import new_id
from huying.processes.program import free_port
from huying.telephony.port import PhoneAccount


class SmallCentre:
    """What the page is told, for the test to change; and what the page asked for."""

    def __init__(self, engine: RunningEngine, pages: Path) -> None:
        self.report: dict[str, object] = {"state": "in_flow", "place": 0, "ended_cause": ""}
        self.refuse_with = 0
        self.begun: list[dict[str, str]] = []
        self.hung_up = 0
        self.wishes: list[dict[str, str | None]] = []
        self.answer_wishes_with = 202
        self.address = ""
        self._engine = engine
        self.app = FastAPI()
        self.app.get("/public/entries/service")(self._entry)
        self.app.post("/public/callbacks")(self._wish)
        self.app.post("/public/web-calls")(self._begin)
        self.app.get("/public/web-calls/{call_id}")(self._report)
        self.app.post("/public/web-calls/{call_id}/hang-up")(self._hang_up)
        self.app.mount("/site", StaticFiles(directory=pages, html=True))

    async def _entry(self) -> dict[str, object]:
        return {"service_number": "4008001994", "callback_queues": [{"id": "q1", "name": {"zh-CN": "维修", "en": "Repair"}}]}

    async def _wish(self, wanted: dict[str, str | None]) -> Response:
        self.wishes.append(wanted)
        return Response(status_code=self.answer_wishes_with)

    async def _begin(self, wanted: dict[str, str]) -> Response:
        if self.refuse_with:
            return JSONResponse({"error": {"code": "x", "message": "x", "details": {}}}, self.refuse_with)
        self.begun.append(wanted)
        name = "v" + new_id().replace("-", "")
        await self._engine.engine.put_account(PhoneAccount(name=name, secret="pass", kind="visitor", entry="call-1"))
        socket = f"ws://127.0.0.1:{self._engine.settings.http_port}/ws"
        call = {"ws_path": socket, "token": "t", "account": name, "secret": "pass", "target": "service", "domain": "huying.test"}
        return JSONResponse({**call, "ice_servers": [], "call_id": "call-1"}, 201)

    async def _report(self, call_id: str) -> dict[str, object]:
        return self.report

    async def _hang_up(self, call_id: str) -> Response:
        self.hung_up += 1
        return Response(status_code=204)


@asynccontextmanager
async def small_centre(engine: RunningEngine, pages: Path) -> AsyncIterator[SmallCentre]:
    """The centre on a free port of 127.0.0.1."""
    centre = SmallCentre(engine, pages)
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(centre.app, host="127.0.0.1", port=port, log_level="warning", lifespan="off"))
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.02)
    centre.address = f"http://127.0.0.1:{port}"
    yield centre
    server.should_exit = True
    await task
