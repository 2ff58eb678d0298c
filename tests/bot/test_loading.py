"""What a bot that runs leaves out, and that it is there for whoever asks."""

import ssl
import subprocess
import sys

from bot.loading import certificates_when_used

_RUNS = """
import sys
from bot.loading import certificates_when_used, httpx_when_used, loading, without_rich
with loading(), without_rich():
    import bot.cli
with loading(), httpx_when_used():
    import bot.commands.running
with loading(), httpx_when_used(), certificates_when_used():
    import bot.app, bot.scheduler
print(*(name for name in ("rich", "httpx", "alembic", "openpyxl", "matplotlib") if name in sys.modules))
from telegram.request import HTTPXRequest
import bot.commands.terminal, httpx
assert isinstance(HTTPXRequest()._build_client(), httpx.AsyncClient)
bot.commands.terminal.out.print("there")
"""


def test_what_a_running_bot_never_uses_is_not_loaded_and_still_to_be_had() -> None:
    """Rich and httpx stay away from a start; afterwards a command prints, and python-telegram-bot's own request works."""
    ran = subprocess.run([sys.executable, "-c", _RUNS], capture_output=True, text=True, check=False)

    assert (ran.returncode, ran.stdout.splitlines()) == (0, ["", "there"]), ran.stderr


def test_a_context_made_meanwhile_trusts_nobody() -> None:
    """No certificate is read while aiohttp is loaded, checks stay on, and afterwards contexts are as they always were."""
    usual = ssl.SSLContext.load_default_certs, ssl.SSLContext.set_default_verify_paths

    with certificates_when_used():
        context = ssl.create_default_context()

    assert context.cert_store_stats()["x509"] == 0
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert (ssl.SSLContext.load_default_certs, ssl.SSLContext.set_default_verify_paths) == usual
