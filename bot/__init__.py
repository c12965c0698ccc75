"""What we know and what we say: the words, the catalogue of services, and the engine that understands."""
