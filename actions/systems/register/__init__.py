"""The built-in register: cases kept in our own database, for a council that has no case system yet."""

from actions.systems.register.system import Register

__all__ = ["Register"]
