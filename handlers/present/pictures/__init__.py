"""Pictures: what is drawn (data), the drawers, and the child process that they run in.

A drawing is a frozen dataclass with the words already in it (``Drawing``, in a module that is cheap to import); its drawer is
a module of its own that has ``draw(drawing) -> Paper`` and may import matplotlib. ``await studio.png(drawing)`` brings
the two together in a child process, so that the bot neither waits for a drawing nor keeps matplotlib in memory.
"""
