"""What must be set before Rasa is imported: no telemetry, no cache, one thread for each sum."""

from __future__ import annotations

import logging
import os
import sys
import warnings

import structlog

SETTINGS = {
    "RASA_TELEMETRY_ENABLED": "false",
    "RASA_TELEMETRY_WRITE_KEY": "",
    "RASA_MAX_CACHE_SIZE": "0",  # its training cache would be a database under the working folder
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "SANIC_REGISTER": "false",
    "LOG_LEVEL": "ERROR",  # Rasa draws its progress bars unless it is to log errors alone
    # A sentence is a small sum: more threads only take the cores from the gateway.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}


def prepare() -> None:
    """Set what is not set, and let Rasa log warnings and errors only.

    Not for tidiness alone: below that Rasa logs what people write, word for word. Its warnings about
    deprecated names are about packages that it pins itself.
    """
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)
    # Python's own filters are set again by packages on their way in; a function in their place stays.
    warnings.showwarning = lambda *_, **__: None
    logging.basicConfig(format="%(levelname)s %(name)s %(message)s", level=logging.WARNING)
    structlog.configure(
        processors=[structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer(["event"])],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
