"""One error for everything an operator can mend; the command line prints its sentence and exits with 2."""


class UserError(Exception):
    """`str()` is the sentence to print."""
