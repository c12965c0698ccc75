"""Everything that imports Rasa, and nothing else does. Python 3.10; reached only by the gateway, on loopback."""
