"""How failures are logged: without their messages, which may hold what people wrote."""


def named(error: Exception) -> str:
    """The kind of an error and where it was raised; messages may hold what people wrote."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" at {trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}" if trace else ""
    return type(error).__name__ + place
