"""Goes into a folder and comes back."""
import os
import tempfile

before = os.getcwd()
with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    with open("scratch.txt", "w", encoding="utf-8") as out:
        out.write("x" * 40)
    size = os.path.getsize("scratch.txt")
    os.chdir(before)
print(size, "bytes", os.getcwd() == before)
