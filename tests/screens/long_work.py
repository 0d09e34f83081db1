"""Work for the tests of tasks; it stands at the top of a module, as such work must."""


def count_up(tell, n):
    """Count to n and say so."""
    for i in range(n):
        tell(i / n, f"{i}")
    return str(n)
