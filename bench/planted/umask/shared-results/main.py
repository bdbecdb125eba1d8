"""Writes results, and says who may read them."""
import os
import stat

with open("results.txt", "w", encoding="utf-8") as out:
    out.write("0.25 0.5 0.75\n")
mode = os.stat("results.txt").st_mode
print("results.txt is", stat.filemode(mode))
