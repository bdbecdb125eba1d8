"""Plans an installation: which file gets which mode."""
from install.plan import plan

for name, mode in plan(["bin/tool", "share/doc.txt"]):
    print(f"{mode:04o} {name}")
