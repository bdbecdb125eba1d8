"""Runs the decay model with the settings found."""
from model.run import decay

print("\n".join(f"{time} {left:.4f}" for time, left in decay(steps=5)))
