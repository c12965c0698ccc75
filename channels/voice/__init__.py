"""The telephone door."""
