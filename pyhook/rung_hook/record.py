"""Starts all that records."""

import sys

from . import audit, ends, generators, logs, modules, variables

# From Python 3.12 on calls are seen without touching what is called (PEP 669); before that, functions are wrapped.
if hasattr(sys, "monitoring"):
    from . import calls
else:
    from . import wrappers as calls


def start(settings):
    ends.start(settings)
    arguments = ends.begin([*audit.layers(), *calls.start()])
    # A notebook's kernel, as Jupyter starts it or Rung does.
    if b"ipykernel_launcher" in arguments or any(word.endswith(b"/kernel_bootstrap.py") for word in arguments):
        from . import kernel

        kernel.start()
    for part in (modules, generators, variables, logs, audit):
        part.start()
