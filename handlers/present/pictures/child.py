"""The process that draws: a pickled list of drawings comes in, a pickled list of files goes out.

Both ends are ours and of the same version, so pickle carries nothing that anybody else has written.
"""

import contextlib
import importlib
import os
import pickle
import sys


def main() -> None:
    """Draw what standard input asks for."""
    with contextlib.suppress(OSError, AttributeError):  # not every system knows of priorities
        os.nice(5)
    drawings, forms = pickle.load(sys.stdin.buffer)
    files: list[bytes] = []
    for drawing in drawings:
        paper = importlib.import_module(drawing.drawer).draw(drawing)
        files += [paper.file(form) for form in forms]
    sys.stdout.buffer.write(pickle.dumps(files))


if __name__ == "__main__":
    main()
