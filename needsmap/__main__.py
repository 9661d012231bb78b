"""`python -m needsmap …`."""

from needsmap.cli import main

if __name__ == "__main__":
    main()
