"""Runs a script with a folder of packages: with_tools.py FOLDER SCRIPT ARGUMENTS..."""

import runpy
import sys

sys.path.insert(0, sys.argv[1])
script = sys.argv[2]
sys.argv[:] = sys.argv[2:]
runpy.run_path(script, run_name="__main__")
