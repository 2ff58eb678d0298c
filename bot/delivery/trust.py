"""Whom an encrypted connection believes: the certificates of the system, read once for the whole process.

Reading them takes a thirtieth of a second and a megabyte. What aiohttp reads for itself when it is loaded is not used: see
:func:`bot.loading.certificates_when_used`.
"""

import os
import ssl
from functools import lru_cache


def system_certificates() -> ssl.SSLContext:
    """A context that checks a server's certificate and name against what the system trusts."""
    return _read(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))


@lru_cache(maxsize=1)
def _read(_file: str | None, _folder: str | None) -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    return context
