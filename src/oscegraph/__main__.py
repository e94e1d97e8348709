"""`python -m oscegraph` is the same as the command `oscegraph`."""

from oscegraph.start import main

if __name__ == "__main__":
    main()
