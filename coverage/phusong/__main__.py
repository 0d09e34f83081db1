"""Let ``python -m phusong`` be the console script."""

from phusong.cli import main

if __name__ == "__main__":
    main()
