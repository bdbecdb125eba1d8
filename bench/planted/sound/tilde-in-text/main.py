"""Prints a help text in which a home folder is mentioned."""
import os

print("Settings are read from ~/.shapes and $HOME/shapes.")
print(os.path.join("~", "shapes"))
