"""Shows the options in force."""
import json

from app.options import options

print(json.dumps(options(), indent=1, sort_keys=True))
