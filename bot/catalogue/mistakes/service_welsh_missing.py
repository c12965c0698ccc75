"""A title, a name, a purpose or what happens next with no Welsh."""

from bot.catalogue.mistakes import welsh
from bot.catalogue.mistakes.content import Check

CHECK = Check("service:welsh_missing", welsh.missing("service"))
