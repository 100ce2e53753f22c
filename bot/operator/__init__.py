"""The command line below its arguments: what an operator runs, checks and asks."""
