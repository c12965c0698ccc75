"""A phrase, or a list of words we listen for, with no Welsh."""

from bot.catalogue.mistakes import welsh
from bot.catalogue.mistakes.content import Check

CHECK = Check("phrase:welsh_missing", welsh.missing("phrase"))
