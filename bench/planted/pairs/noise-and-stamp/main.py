"""Adds noise to a signal and stamps the file."""
from datetime import datetime, timezone

import numpy as np

signal = np.sin(np.linspace(0, 3, 12))
noisy = signal + np.random.normal(0, 0.1, signal.size)
stamp = datetime.now(timezone.utc)
with open("signal.txt", "w", encoding="utf-8") as out:
    out.write(f"# {stamp:%Y-%m-%dT%H:%M:%S.%f}\n")
    np.savetxt(out, noisy, fmt="%.4f")
