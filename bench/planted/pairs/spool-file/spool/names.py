from spool.parts import job_number, suffix


def spool_name(document):
    return f"{document}-{job_number()}-{suffix()}"
