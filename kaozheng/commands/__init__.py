"""The commands of the `kaozheng` program, one file per subject."""
