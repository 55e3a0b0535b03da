"""The subcommands of `kawan`, one module per noun."""
