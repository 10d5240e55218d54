"""The `kaozheng` command and the embedded stack that it starts."""
