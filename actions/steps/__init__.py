"""The rasa-sdk actions: one for each intent, each a move of the dialogue applied to one turn."""

from actions.steps.applying import Said, apply
from actions.steps.step import Step, steps

__all__ = ["Said", "Step", "apply", "steps"]
