"""The text door."""
