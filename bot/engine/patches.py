"""What Rasa 3.6.21 does oddly and gives us no other way to set right: all of it is here.

Each patch says where the oddity stands. Another Rasa would move the ground under them, so `apply` refuses
any other version: read the places again, then change VERSION.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

VERSION = "3.6.21"


class WrongRasa(RuntimeError):
    """Another Rasa than the one that these patches were written against."""


def require_version() -> None:
    """Raises WrongRasa. Imports nothing of Rasa."""
    found = version("rasa")
    if found != VERSION:
        raise WrongRasa(
            f"The engine is written for Rasa {VERSION} and found {found}. "
            "Install requirements/engine.txt, or read bot/engine/patches.py again against the new version."
        )


def apply() -> None:
    """Put the patches on; doing so twice is harmless. Raises WrongRasa."""
    require_version()
    _validate_with_a_compiled_schema()
    _take_no_text_for_a_payload()
    _run_the_graph_without_a_scheduler()


def _validate_with_a_compiled_schema() -> None:
    """rasa/core/actions/action.py:699, `RemoteAction._validate_action_result`.

    It calls `jsonschema.validate` on every answer of an action, which first checks Rasa's own schema against
    the meta-schema: some 20 ms, each time with the same outcome. The answer is still validated, by a
    validator that was built, and whose schema was checked, once.
    """
    from jsonschema.validators import validator_for
    from rasa.core.actions.action import RemoteAction
    from rasa.shared.constants import DOCS_BASE_URL

    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema)
    kind.check_schema(schema)
    validator = kind(schema)

    def validate(self: RemoteAction, result: dict[str, Any]) -> bool:
        for error in validator.iter_errors(result):
            error.message += f". The action server's answer is malformed: see {DOCS_BASE_URL}/custom-actions"
            raise error
        return True

    RemoteAction._validate_action_result = validate


def _take_no_text_for_a_payload() -> None:
    """rasa/nlu/classifiers/regex_message_handler.py:41, `RegexMessageHandler.process`.

    The last step of every pipeline takes a text such as `/affirm{"service": "x"}` for an intent and its
    entities, whoever wrote it: a citizen could name any step. The node stays in the graph and hands on what
    it gets.
    """
    from rasa.nlu.classifiers.regex_message_handler import RegexMessageHandler

    # `wraps` keeps the type hints, by which Rasa checks the graph.
    @functools.wraps(RegexMessageHandler.process)
    def process(self: Any, messages: list[Any], domain: Any = None) -> list[Any]:
        return messages

    RegexMessageHandler.process = process


def _run_the_graph_without_a_scheduler() -> None:
    """rasa/engine/runner/dask.py:82, `DaskGraphRunner.run`.

    Three times a turn it cuts the graph to its targets, has dask put it in order, and queues every node as a
    task of its own, to run them one after another on the same thread: about a third of a turn's time here.
    The order is worked out once for each target, and the nodes are called in it.
    """
    from rasa.engine.exceptions import GraphRunError
    from rasa.engine.runner.dask import DaskGraphRunner

    def run(
        self: Any, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
    ) -> dict[str, Any]:
        wanted = tuple(targets or self._graph_schema.target_names)
        plans = self.__dict__.setdefault("_plans", {})
        if wanted not in plans:
            plans[wanted] = _order(self._graph_schema.minimal_graph_schema(list(wanted)).nodes)
        results = {name: (name, value) for name, value in (inputs or {}).items()}
        try:
            for name, needs in plans[wanted]:
                results[name] = self._instantiated_nodes[name](*(results[need] for need in needs))
        except RuntimeError as error:
            raise GraphRunError("Error running runner.") from error
        return {name: results[name][1] for name in wanted}

    DaskGraphRunner.run = run


def _order(nodes: Mapping[str, Any]) -> list[tuple[str, tuple[str, ...]]]:
    """(node, what it needs), each after all that it needs. A need that is no node is an input of the run."""
    order: dict[str, tuple[str, ...]] = {}

    def place(name: str) -> None:
        if name in order or name not in nodes:
            return
        needs = tuple(nodes[name].needs.values())
        for need in needs:
            place(need)
        order[name] = needs

    for name in nodes:
        place(name)
    return list(order.items())
