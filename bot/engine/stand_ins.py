"""What Rasa imports and we never use, left out: TensorFlow above all.

Rasa 3.6.21 imports TensorFlow, scikit-learn's model selection and the software kits of a dozen chat
networks as soon as its agent is imported: about 10 seconds and 400 MB before anything is done. None of it
takes part in our pipeline. Small modules stand in for them, with the names that Rasa asks for; whatever
really uses one fails at once and says so. Where each stands:

- rasa/utils/train_utils.py:31-33, from rasa/nlu/extractors/extractor.py:30, from the policies' featurizers
- rasa/core/channels/__init__.py:12-26, all of the built-in channels
- rasa/engine/recipes/default_components.py:1-34 and rasa/graph_components/validators/
  default_recipe_validator.py:18-30, the components and policies made of TensorFlow, in training

A pipeline that wants one of Rasa's own components (DIETClassifier, ...) must take its names out of here.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import NoReturn

LEFT_OUT: dict[str, tuple[str, ...]] = {
    "rasa.utils.tensorflow.callback": ("RasaTrainingLogger", "RasaModelCheckpoint"),
    "rasa.utils.tensorflow.data_generator": ("RasaBatchDataGenerator",),
    "rasa.utils.tensorflow.model_data": ("RasaModelData", "Data", "FeatureArray", "ragged_array_to_ndarray"),
    "rasa.nlu.classifiers.diet_classifier": ("DIETClassifier",),
    "rasa.nlu.featurizers.dense_featurizer.convert_featurizer": ("ConveRTFeaturizer",),
    "rasa.nlu.featurizers.dense_featurizer.lm_featurizer": ("LanguageModelFeaturizer",),
    "rasa.nlu.selectors.response_selector": ("ResponseSelector",),
    "rasa.core.policies.ted_policy": ("TEDPolicy",),
    "rasa.core.policies.unexpected_intent_policy": ("UnexpecTEDIntentPolicy",),
    "rasa.core.channels.socketio": ("SocketIOInput",),
    "rasa.core.channels.botframework": ("BotFrameworkInput",),
    "rasa.core.channels.callback": ("CallbackInput",),
    "rasa.core.channels.console": ("CmdlineInput",),
    "rasa.core.channels.facebook": ("FacebookInput",),
    "rasa.core.channels.mattermost": ("MattermostInput",),
    "rasa.core.channels.rasa_chat": ("RasaChatInput",),
    "rasa.core.channels.rest": ("RestInput",),
    "rasa.core.channels.rocketchat": ("RocketChatInput",),
    "rasa.core.channels.slack": ("SlackInput",),
    "rasa.core.channels.telegram": ("TelegramInput",),
    "rasa.core.channels.twilio": ("TwilioInput",),
    "rasa.core.channels.twilio_voice": ("TwilioVoiceInput",),
    "rasa.core.channels.webexteams": ("WebexTeamsInput",),
    "rasa.core.channels.hangouts": ("HangoutsInput",),
}
"""Module → the names that Rasa imports from it."""


def leave_out() -> None:
    """Put the stand-ins where Rasa will look. Must come before Rasa's agent is imported; afterwards it does
    nothing to what is already there."""
    for module, names in LEFT_OUT.items():
        if module in sys.modules:
            continue
        stand_in = ModuleType(module, "Left out: see bot/engine/stand_ins.py.")
        for name in names:
            setattr(stand_in, name, _absent(module, name))
        sys.modules[module] = stand_in


def _absent(module: str, name: str) -> type:
    def refuse(self: object, *_: object, **__: object) -> NoReturn:
        raise RuntimeError(f"{module}.{name} is left out of the engine: see bot/engine/stand_ins.py")

    # The channels are listed by the name that each gives itself.
    return type(name, (), {"__init__": refuse, "name": classmethod(lambda cls: name), "__module__": module})
