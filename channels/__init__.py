"""How people reach us: one folder a channel, and the processes that run them."""
