"""Writes the ticket of a job."""
from jobs.ticket import ticket

for key, value in ticket("smooth", 12).items():
    print(f"{key}={value}")
