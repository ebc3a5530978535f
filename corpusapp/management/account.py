import getpass
import os


def account() -> str:
    """The account of the machine that runs this command, for the ledger; its number if it has no name."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # in a container an account may have no name
        name = str(os.getuid())
    return name[:100]
