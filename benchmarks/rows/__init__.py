"""The rows of the benchmark, a module or two a capability; see :mod:`benchmarks.row` for what one is."""
