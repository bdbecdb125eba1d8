import random
import uuid

source = random.Random(3)
for name in ("left", "right"):
    print(name, uuid.UUID(int=source.getrandbits(128), version=4))
