"""What things cost: figures printed by a command, never a test that a slow afternoon fails."""
