"""Radioactive decay of a sample, to full precision."""
import numpy as np

hours = np.linspace(0.0, 24.0, 97)
left = np.exp(-0.1314 * hours)
with open("decay.csv", "w", encoding="utf-8") as out:
    out.write("hours,left\n")
    for hour, share in zip(hours.tolist(), left.tolist()):
        out.write(f"{hour!r},{share!r}\n")
