"""An aspect of guidance with no Welsh."""

from bot.catalogue.mistakes import welsh
from bot.catalogue.mistakes.content import Check

CHECK = Check("guidance:welsh_missing", welsh.missing("guidance"))
