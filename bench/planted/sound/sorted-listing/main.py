import os

for name in sorted(os.listdir("parts")):
    with open(os.path.join("parts", name), encoding="utf-8") as part:
        print(name, part.read().strip())
