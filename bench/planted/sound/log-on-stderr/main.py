"""The time goes into the log on stderr, not into the result."""
import logging

logging.basicConfig(format="%(asctime)s %(process)d %(message)s", level=logging.INFO)
log = logging.getLogger("sum")
log.info("starts")
print("sum:", sum(range(1000)))
log.info("ends")
