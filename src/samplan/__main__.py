"""`python -m samplan` is the command line."""

from samplan.cli import main

main()
