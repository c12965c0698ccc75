"""A stock Rasa project made of our content: the peer that `make bench` measures us against.

    .venv-engine/bin/python bench/stock/make_project.py --data data --out DIR

Writes what somebody would who started from `rasa init` and put the content in Rasa's own terms: one intent for
each aspect of each service and one for its request, one rule and one custom action for each, Rasa's default
pipeline and policies, the action server of rasa-sdk. README.md beside this file says how it is run.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot.catalogue import Catalogue, Service, load
from bot.words import LANGUAGES

HERE = Path(__file__).resolve().parent
VERSION = "3.1"

# What `rasa init` leaves to be filled in, as Rasa 3.6.21 fills it in (rasa/engine/recipes/config_files).
CONFIG: dict[str, Any] = {
    "recipe": "default.v1",
    "assistant_id": "stock",
    "language": "en",
    "pipeline": [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True},
        {"name": "EntitySynonymMapper"},
        {"name": "ResponseSelector", "epochs": 100, "constrain_similarities": True},
        {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
    ],
    "policies": [
        {"name": "MemoizationPolicy"},
        {"name": "RulePolicy"},
        {"name": "UnexpecTEDIntentPolicy", "max_history": 5, "epochs": 100},
        {"name": "TEDPolicy", "max_history": 5, "epochs": 100, "constrain_similarities": True},
    ],
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("data"), help="the folder of content")
    parser.add_argument("--out", type=Path, required=True, help="where the project goes")
    parser.add_argument("--actions-port", type=int, default=5055, help="where its action server will listen")
    given = parser.parse_args()
    catalogue = load(given.data, on=date.today())
    write(catalogue, given.out, given.actions_port)
    print(f"{given.out}: {len(catalogue.services)} services, {len(answers(catalogue))} answers")


def write(catalogue: Catalogue, out: Path, actions_port: int) -> None:
    """The whole project, ready for `rasa train`."""
    (out / "data").mkdir(parents=True, exist_ok=True)
    intents = list(answers(catalogue))
    _yaml(out / "config.yml", CONFIG)
    _yaml(
        out / "domain.yml",
        {
            "version": VERSION,
            "intents": [*intents, "greet", "affirm", "deny"],
            "actions": [f"action_{intent}" for intent in intents],
            "responses": {
                "utter_greet": [{"text": "Hello. How can I help?"}],
                "utter_rephrase": [{"text": "Sorry, I did not understand. Please say it in another way."}],
            },
            "session_config": {"session_expiration_time": 60, "carry_over_slots_to_new_session": True},
        },
    )
    _yaml(
        out / "data/nlu.yml",
        {
            "version": VERSION,
            "nlu": [
                {"intent": intent, "examples": "".join(f"- {line}\n" for line in lines)}
                for intent, lines in _examples(catalogue)
            ],
        },
    )
    rules = [_rule(intent, f"action_{intent}") for intent in intents]
    rules += [_rule("greet", "utter_greet"), _rule("nlu_fallback", "utter_rephrase")]
    _yaml(out / "data/rules.yml", {"version": VERSION, "rules": rules})
    _yaml(
        out / "data/stories.yml",
        {"version": VERSION, "stories": [_story(service) for service in catalogue.services.values()]},
    )
    _yaml(out / "endpoints.yml", {"action_endpoint": {"url": f"http://127.0.0.1:{actions_port}/webhook"}})
    _yaml(out / "credentials.yml", {"rest": None})
    (out / "answers.json").write_text(
        json.dumps(answers(catalogue), ensure_ascii=False, indent=1), encoding="utf-8"
    )
    shutil.copy(HERE / "actions.py", out / "actions.py")


def answers(catalogue: Catalogue) -> dict[str, str]:
    """Intent → what its action says, in English."""
    said: dict[str, str] = {}
    for service in catalogue.services.values():
        for aspect, guidance in service.guidance.items():
            said[f"{service.id}_{aspect}"] = guidance.wording["en"].text
        if service.takes_requests:
            said[f"{service.id}_request"] = service.questions[0].ask["en"].text
    return said


def _examples(catalogue: Catalogue) -> Iterator[tuple[str, list[str]]]:
    known = answers(catalogue)
    for service in catalogue.services.values():
        keys = {key for language in LANGUAGES for key in service.phrasings[language]}
        for key in sorted(keys):
            if f"{service.id}_{key}" in known:
                lines = [line for language in LANGUAGES for line in service.phrasings[language].get(key, ())]
                yield f"{service.id}_{key}", lines
    for name, intent in (("greet", "greet"), ("yes", "affirm"), ("no", "deny")):
        yield intent, [line for language in LANGUAGES for line in catalogue.hears[name][language]]


def _rule(intent: str, action: str) -> dict[str, Any]:
    return {"rule": intent, "steps": [{"intent": intent}, {"action": action}]}


def _story(service: Service) -> dict[str, Any]:
    """Somebody asks about a service, twice, and then wants it: something for the policies to learn from."""
    path = [aspect for aspect in ("overview", "cost") if aspect in service.guidance]
    path += ["request"] if service.takes_requests else []
    steps = [{"intent": "greet"}, {"action": "utter_greet"}]
    for key in path:
        steps += [{"intent": f"{service.id}_{key}"}, {"action": f"action_{service.id}_{key}"}]
    return {"story": service.id, "steps": steps}


class _Dumper(yaml.SafeDumper):
    """Examples as blocks, which is how Rasa wants them."""


def _block(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _block)


def _yaml(path: Path, data: Any) -> None:
    path.write_text(
        yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
