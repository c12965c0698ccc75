"""A service whose example phrasings are in English only."""

from bot.catalogue.mistakes import welsh
from bot.catalogue.mistakes.content import Check

CHECK = Check("phrasing:welsh_missing", welsh.missing("phrasing"))
