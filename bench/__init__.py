"""Ours and stock Rasa, measured in one run on one machine."""
