"""The mode is set, whatever the mask says."""
import os
import stat

with open("tool.sh", "w", encoding="utf-8") as out:
    out.write("echo hello\n")
os.chmod("tool.sh", 0o750)
print(stat.filemode(os.stat("tool.sh").st_mode))
