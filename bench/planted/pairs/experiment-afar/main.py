"""A small experiment with a record of its settings."""
from experiment.record import recorded

print(recorded(size=6))
