"""Noise for a simulated sensor."""
from sensor.simulate import readings

print(readings(6))
