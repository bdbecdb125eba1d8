import calendar
import time

with open("days.txt", "w", encoding="utf-8") as out:
    for seconds in range(1700000000, 1700600000, 86400):
        day = time.gmtime(seconds)
        assert calendar.timegm(day) == seconds
        out.write(time.strftime("%Y-%m-%d", day) + "\n")
