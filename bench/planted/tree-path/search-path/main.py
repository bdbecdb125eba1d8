"""Lists the plug-ins and where they were loaded from."""
import importlib
import sys

PLUGINS = ("plugins.csv_out", "plugins.xml_out")

lines = [f"searched first: {sys.path[0]}"]
for name in PLUGINS:
    module = importlib.import_module(name)
    lines.append(f"{name}: {module.SUFFIX}")
with open("plugins.txt", "w", encoding="utf-8") as out:
    out.write("\n".join(lines) + "\n")
