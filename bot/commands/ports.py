"""Which port to take when nobody named one."""

import socket

USUAL = 8787
"""Where the demo is found, unless something else is there already."""


def usual_or_free(host: str) -> int:
    """The usual port, or 0 (any free one) if it is taken on ``host``."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        # As a server sets it: a port whose last connections are only just closing counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, USUAL))
        except OSError:
            return 0
    return USUAL


def free_port(host: str) -> int:
    """A port that nobody has on ``host`` at this moment."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
    return port
