"""`python -m api.cli` is `tally`."""

from api.cli.main import main

if __name__ == "__main__":
    main()
