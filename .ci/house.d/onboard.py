"""Waits for a new Home Assistant, makes its owner, prints a long-lived token.

Usage: onboard.py URL PID, with Home Assistant's own Python (for its aiohttp).
"""

import asyncio
import os
import secrets
import sys
import time

import aiohttp

LIMIT = 420  # seconds, for a first start that fetches its integrations' needs

url, pid = sys.argv[1].rstrip("/"), int(sys.argv[2])
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

        async def running():
            headers = {"Authorization": "Bearer " + token}
            async with http.get(url + "/api/config", headers=headers) as answer:
                return answer.ok and (await answer.json())["state"] == "RUNNING"

        await until("state RUNNING", running)
        print(token)


asyncio.run(main())
