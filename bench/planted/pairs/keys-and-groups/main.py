"""Assigns keys to groups of students."""
import json
import uuid

STUDENTS = {"ana": "red", "bo": "blue", "cy": "green", "dee": "red", "eli": "teal", "fay": "amber"}

groups = {}
for colour in set(STUDENTS.values()):
    groups[colour] = [name for name in STUDENTS if STUDENTS[name] == colour]
key = uuid.uuid4().hex
with open("groups.json", "w", encoding="utf-8") as out:
    json.dump({"key": key, "groups": groups}, out)
