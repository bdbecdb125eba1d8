"""Asks whether the machine gives random bytes, and throws them away."""
import os

probe = os.urandom(16)
print("random bytes:", len(probe))
print("sum:", sum(range(100)))
