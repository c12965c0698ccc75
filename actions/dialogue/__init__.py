"""What happens in a turn: pure moves from where a conversation stands and what was understood to an Outcome.

`MOVES` names the move for each of the engine's intents; `controls_of_channel` those that a channel asks for
by itself (a call begins, silence, an opt-out). Nothing here does I/O, and nothing here is a sentence.
"""

from actions.dialogue.circumstances import Circumstances
from actions.dialogue.moves import CHANNEL_MOVES, MOVES, Move

__all__ = ["CHANNEL_MOVES", "MOVES", "Circumstances", "Move"]
