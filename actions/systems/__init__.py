"""Case systems: who receives what people ask for. One folder each; the list is in `registry.py`."""
