import json
import uuid

names = ["clay", "loam", "sand"]
ids = {name: str(uuid.uuid5(uuid.NAMESPACE_URL, f"https://soil.invalid/{name}")) for name in names}
with open("ids.json", "w", encoding="utf-8") as out:
    json.dump(ids, out)
