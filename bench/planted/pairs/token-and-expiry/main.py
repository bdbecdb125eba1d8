"""Issues a ticket."""
from tickets.issue import ticket

print(ticket("concert"))
