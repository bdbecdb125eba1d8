import json
from pathlib import Path

from lottery.frame import households
from lottery.selection import chosen

asked = chosen(households(), 5)
Path("asked.json").write_text(json.dumps(asked), encoding="utf-8")
print(len(asked), "households are asked")
