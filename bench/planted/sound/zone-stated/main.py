from datetime import datetime, timedelta, timezone

PLACE = timezone(timedelta(hours=2), "CEST")
for seconds in (1700000000, 1710000000):
    print(datetime.fromtimestamp(seconds, PLACE).isoformat())
    print(datetime.fromtimestamp(seconds, timezone.utc).strftime("%H:%M"))
