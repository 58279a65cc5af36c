"""Flows and prompts over HTTP."""

from __future__ import annotations

import io
import wave


async def test_the_published_flow_can_be_drawn(house) -> None:  # type: ignore[no-untyped-def]
    async with house.signed_in("admin") as browser:
        [flow] = (await browser.get("/api/flows")).json()["items"]
        assert flow["published"] == flow["newest"] == 1
        graph = (await browser.get(f"/api/flows/{flow['id']}")).json()
        assert graph["problems"] == []
        nodes = {node["id"]: node for node in graph["nodes"]}
        assert graph["start"] in nodes
        assert all(target in nodes for node in nodes.values() for target in node["exits"].values())
        menu = nodes["menu"]
        assert "press one" in menu["says"]["en"] and "请按一" in menu["says"]["zh-CN"]
        assert nodes["repair"]["settings"]["queue"] == "repair"
        assert (await browser.get(f"/api/flows/{flow['id']}?version=1")).json() == graph
        assert (await browser.get(f"/api/flows/{flow['id']}?version=9")).json()["error"]["code"] == "flow-not-found"


async def test_prompts_can_be_found_and_heard(house) -> None:  # type: ignore[no-untyped-def]
    async with house.signed_in("admin") as browser:
        page = (await browser.get("/api/prompts", params={"search": "排在第一位"})).json()
        assert [item["key"] for item in page["items"]] == ["queue.place.1"]
        for language in page["items"][0]["texts"]:
            answer = await browser.get(f"/api/prompts/{language}/queue.place.1/audio")
            assert answer.headers["content-type"] == "audio/wav"
            with wave.open(io.BytesIO(answer.content)) as sound:
                assert sound.getnframes() > 8000
        assert (await browser.get("/api/prompts/en/..%2Fmanifest/audio")).status_code == 404
        assert (await browser.get("/api/prompts?words=true&limit=5")).json()["total"] > 250
