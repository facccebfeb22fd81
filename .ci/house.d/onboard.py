"""Waits for a new Home Assistant, makes its owner, prints a long-lived token.

Usage: onboard.py URL PID LIST..., with Home Assistant's own Python (for its
aiohttp). A LIST is a file with an entity a line. Without all of them the script
fails and names those that are missing.
"""

import asyncio
import os
import secrets
import sys
import time
from pathlib import Path

import aiohttp

LIMIT = 240  # seconds for all of it; 20 are enough on an idle machine
PATIENCE = 30  # seconds for entities that come after the start

url, pid = sys.argv[1].rstrip("/"), int(sys.argv[2])
wanted = {line for path in sys.argv[3:] for line in Path(path).read_text().split()}
deadline = time.monotonic() + LIMIT


def still_possible(what):
    """Ends the script when there is no use in waiting any longer."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        sys.exit(f"Home Assistant ended while waiting for {what}")
    if time.monotonic() > deadline:
        sys.exit(f"{LIMIT} s have passed without {what}")


async def until(what, attempt):
    """Repeats attempt, several times a second, until it answers something."""
    while True:
        try:
            if answer := await attempt():
                return answer
        except aiohttp.ClientConnectionError:
            pass
        still_possible(what)
        await asyncio.sleep(0.2)


async def main():
    async with aiohttp.ClientSession(raise_for_status=False) as http:

        async def make_owner():
            owner = {
                "client_id": url + "/",
                "name": "LEE",
                "username": "lee",
                "password": secrets.token_urlsafe(),
                "language": "en",
            }
            async with http.post(url + "/api/onboarding/users", json=owner) as answer:
                return (await answer.json())["auth_code"] if answer.ok else None

        code = await until("onboarding", make_owner)
        form = {"grant_type": "authorization_code", "code": code, "client_id": url + "/"}
        async with http.post(url + "/auth/token", data=form) as answer:
            answer.raise_for_status()
            access = (await answer.json())["access_token"]

        async with http.ws_connect(url + "/api/websocket") as ws:
            await ws.receive_json()  # auth_required
            await ws.send_json({"type": "auth", "access_token": access})
            await ws.receive_json()  # auth_ok
            await ws.send_json(
                {"id": 1, "type": "auth/long_lived_access_token", "client_name": "LEE", "lifespan": 365}
            )
            token = (await ws.receive_json())["result"]

        async def ask(path):
            headers = {"Authorization": "Bearer " + token}
            async with http.get(url + path, headers=headers) as answer:
                return await answer.json() if answer.ok else None

        async def running():
            return (config := await ask("/api/config")) and config["state"] == "RUNNING"

        await until("state RUNNING", running)
        patient = time.monotonic() + PATIENCE

        async def complete():
            missing = wanted - {state["entity_id"] for state in await ask("/api/states") or []}
            if missing and time.monotonic() > patient:
                sys.exit(f"{len(missing)} of {len(wanted)} entities are missing: {' '.join(sorted(missing))}")
            return not missing

        await until("its entities", complete)
        print(token)


asyncio.run(main())
