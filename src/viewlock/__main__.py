"""`python -m viewlock`."""

from viewlock.cli import main

if __name__ == "__main__":
    main()
