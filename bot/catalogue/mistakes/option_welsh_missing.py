"""An option of a choice with no Welsh."""

from bot.catalogue.mistakes import welsh
from bot.catalogue.mistakes.content import Check

CHECK = Check("option:welsh_missing", welsh.missing("option"))
