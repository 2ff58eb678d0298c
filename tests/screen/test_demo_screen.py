"""The demo shows the big screen too."""

from __future__ import annotations

from pathlib import Path

import aiohttp

from bot.commands.demo import showing


async def test_demo_leads_to_the_screen_of_its_group(tmp_path: Path) -> None:
    """The link on the sandbox's page opens a screen; it is served beside it."""
    async with showing("127.0.0.1", 0, tmp_path) as url, aiohttp.ClientSession() as session:
        scene = await (await session.get(f"{url}/sandbox/scene")).json()
        screen = scene["screen"]

        page = await session.get(f"http://127.0.0.1:{screen['port']}{screen['path']}")

        assert page.status == 200
        assert "main.js" in await page.text()
