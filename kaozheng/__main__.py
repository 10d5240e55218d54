"""`python -m kaozheng` is the same as `kaozheng`."""

from kaozheng.cli import main

main()
