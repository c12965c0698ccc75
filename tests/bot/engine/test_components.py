"""Each component: when it acts, and when it leaves a message alone."""

from __future__ import annotations

import doctest
from collections.abc import Iterator
from pathlib import Path

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.engine.components import normalise
from bot.engine.components.act import ActClassifier
from bot.engine.components.answer_in_context import AnswerInContext
from bot.engine.components.aspect import AspectFinder
from bot.engine.components.exact_words import EXACT, ExactWords
from bot.engine.components.normalise import LONGEST, Normaliser, normal
from bot.engine.components.service_finder import ServiceFinder
from bot.engine.labels import example

CONTEXT = ExecutionContext(GraphSchema({}))

EXAMPLES = [
    example("yes", "affirm", exact=True),
    example("go back", "back", exact=True),
    example("yn ôl", "back", exact=True),
    example("0", "person", exact=True),
    example("report a missed bin", "request", service="missed_bin"),
    example("you did not empty my bin", "request", service="missed_bin"),
    example("how much to empty a missed bin", "ask", service="missed_bin", aspect="cost"),
    example("when will my missed bin be emptied", "ask", service="missed_bin", aspect="time"),
    example("report a pothole", "request", service="pothole"),
    example("there is a pothole in my road", "request", service="pothole"),
    example("what does it cost to mend a pothole", "ask", service="pothole", aspect="cost"),
    example("when will the pothole be mended", "ask", service="pothole", aspect="time"),
    example("We inspect the carriageway within five days.", "ask", service="pothole", published=True),
    example("how much is it", "ask", aspect="cost"),
    example("when will it be done", "ask", aspect="time"),
    example("tell me a joke", "unclear"),
    example("what is the weather", "unclear"),
    example("the moon is made of cheese", "unclear"),
    example("John Smith", "answer"),
    example("12 High Street", "answer"),
    example("the green one", "answer", question="missed_bin.which_bin"),
]


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> Iterator:
    """A function: a component's class → the component, learnt, stored and loaded again."""
    storage = LocalModelStorage.create(tmp_path_factory.mktemp("storage"))
    data = Normaliser().process_training_data(TrainingData(EXAMPLES))

    def teach(kind, **config):
        resource = Resource(kind.__name__)
        config = {**(kind.get_default_config() or {}), **config}
        kind.create(config, storage, resource, CONTEXT).train(data)
        return kind.load(config, storage, resource, CONTEXT)

    return teach


def heard(text: str, **attributes) -> Message:
    message = Message({"text": text, **attributes})
    Normaliser().process([message])
    return message


def services(message: Message) -> dict[str, float]:
    return {e["value"]: e["confidence"] for e in message.get("entities", []) if e["entity"] == "service"}


def test_the_normaliser_keeps_its_word():
    assert doctest.testmod(normalise).failed == 0


@pytest.mark.parametrize(
    ("said", "is_read_as"),
    [
        ("Yn Ôl", "yn ol"),
        ("can’t", "can't"),
        ("cant u cum 2day", "can't you cum today"),
        ("4", "4"),
        ("y", "y"),
        ("4 pm", "for pm"),
        ("WM-7K2P", "wm-7k2p"),
        ("What???", "what ?"),
        ("", ""),
        ("\x00\u200b😀", ""),
    ],
)
def test_writing_is_evened_out(said, is_read_as):
    assert normal(said) == is_read_as


def test_the_text_itself_is_left_as_it_was():
    assert heard("It’s  Me").get("text") == "It’s  Me"


def test_of_a_very_long_text_the_beginning_is_read():
    assert len(normal("word " * 10_000)) <= LONGEST


@pytest.mark.parametrize(
    ("said", "control"), [("Go back!", "back"), ("YN OL", "back"), ("0", "person"), ("yes?", "affirm")]
)
def test_exact_words_are_found_however_they_are_written(taught, said, control):
    (message,) = taught(ExactWords).process([heard(said)])
    assert message.get(EXACT) == control


@pytest.mark.parametrize("said", ["go back to bed", "go", "00", "report a pothole", "", "?"])
def test_exact_words_leave_any_other_message_alone(taught, said):
    (message,) = taught(ExactWords).process([heard(said)])
    assert message.get(EXACT) is None


@pytest.mark.parametrize(
    ("said", "act"),
    [
        ("please report my missed bin", "request"),
        ("how much is a pothole", "ask"),
        ("27 High Street", "answer"),
    ],
)
def test_an_act_is_told_by_its_wording(taught, said, act):
    (message,) = taught(ActClassifier).process([heard(said)])
    assert message.get("intent")["name"] == act
    assert message.get("intent_ranking")[0] == message.get("intent")


def test_a_service_is_found_with_its_figure_best_first(taught):
    (message,) = taught(ServiceFinder).process([heard("my bin was missed again")])
    found = services(message)
    assert next(iter(found)) == "missed_bin"
    assert found["missed_bin"] > 0.5
    assert list(found.values()) == sorted(found.values(), reverse=True)


def test_a_service_is_found_by_the_words_that_it_publishes(taught):
    (message,) = taught(ServiceFinder).process([heard("the carriageway")])
    assert next(iter(services(message))) == "pothole"


@pytest.mark.parametrize(
    "said", ["how much is it?", "when will it be done", "xyzzy plugh", "the weather", ""]
)
def test_no_service_is_sure_where_none_is_named(taught, said):
    (message,) = taught(ServiceFinder).process([heard(said)])
    assert max(services(message).values(), default=0) < 0.3


def test_an_answer_that_only_a_question_expects_names_no_service(taught):
    finder = taught(ServiceFinder)
    assert finder.label(example("the green one", "answer", question="missed_bin.which_bin")) is None


def test_no_more_than_five_services_are_given():
    finder = ServiceFinder({"most": 5, "least": 0.03}, None, Resource("x"))
    message = heard("anything")
    finder.mark(message, [(f"s{n}", 0.1) for n in range(9)])
    assert list(services(message)) == ["s0", "s1", "s2", "s3", "s4"]


@pytest.mark.parametrize(
    ("said", "aspect"), [("what does it cost", "cost"), ("when will you mend it", "time")]
)
def test_one_aspect_is_found_in_a_question(taught, said, aspect):
    message = heard(said)
    for component in (taught(ActClassifier), taught(AspectFinder)):
        component.process([message])
    assert [e["value"] for e in message.get("entities")] == [aspect]


def test_a_request_has_no_aspect(taught):
    message = heard("report a pothole")
    for component in (taught(ActClassifier), taught(AspectFinder)):
        component.process([message])
    assert message.get("entities") is None


QUESTION = {"what": "question", "kind": "date", "exact": True, "fits": False}
FITS = {**QUESTION, "fits": True}
WORDS = {"what": "question", "kind": "text", "exact": False, "fits": True}
OFFER = {"what": "offer", "kind": "choice", "exact": True, "fits": False}


def weighed(
    act: str, confidence: float, asking, *, control=None, service=0.0, aspect=False, text="words"
) -> str:
    """The intent that comes of what the components before found."""
    entities = [{"entity": "service", "value": "pothole", "confidence": service}] if service else []
    entities += [{"entity": "aspect", "value": "cost", "confidence": 0.9}] if aspect else []
    ranking = [{"name": act, "confidence": confidence}, {"name": "request", "confidence": 0.05}]
    message = heard(
        text,
        intent=ranking[0],
        intent_ranking=ranking,
        entities=entities,
        metadata={"asking": asking},
        **({EXACT: control} if control else {}),
    )
    AnswerInContext(AnswerInContext.get_default_config()).process([message])
    return message.get("intent")["name"]


@pytest.mark.parametrize(
    ("what", "act", "confidence", "asking", "found", "intent"),
    [
        # While something is asked ...
        ("a control's exact words win", "answer", 0.9, WORDS, {"control": "back"}, "back"),
        ("even over what fits", "answer", 0.9, FITS, {"control": "help"}, "help"),
        ("a figure that was asked for is one", "person", 0.9, FITS, {"control": "person", "text": "0"}, "answer"),
        ("yes is an answer", "affirm", 0.9, WORDS, {"control": "affirm"}, "answer"),
        ("yes, at length, is an answer", "affirm", 0.9, OFFER, {}, "answer"),
        ("what fits exactly is an answer", "ask", 0.99, FITS, {"aspect": True}, "answer"),
        ("a question is a digression", "ask", 0.5, QUESTION, {}, "ask"),
        ("a faint question is not", "ask", 0.3, QUESTION, {}, "answer"),
        ("over free words it must be surer", "ask", 0.5, WORDS, {}, "answer"),
        ("over free words a sure one is", "ask", 0.8, WORDS, {}, "ask"),
        ("a control, at length, is kept", "person", 0.8, WORDS, {}, "person"),
        ("nonsense is an answer, to be refused", "unclear", 0.9, QUESTION, {}, "answer"),
        ("a request without a subject is an answer", "request", 0.9, WORDS, {}, "answer"),
        ("a request for another service is one", "request", 0.9, WORDS, {"service": 0.8}, "request"),
        ("an offer can be met with a request", "request", 0.6, OFFER, {}, "request"),
        # While nothing is asked ...
        ("an answer to nothing is unclear", "answer", 0.9, None, {}, "unclear"),
        ("nonsense is unclear", "unclear", 0.9, None, {}, "unclear"),
        ("a bare subject is a request", "answer", 0.9, None, {"service": 0.8}, "request"),
        ("a question with neither subject nor aspect is unclear", "ask", 0.9, None, {}, "unclear"),
        ("a question with an aspect is one", "ask", 0.9, None, {"aspect": True}, "ask"),
        ("a question with a plausible subject is one", "ask", 0.3, None, {"service": 0.3}, "ask"),
        ("a request without a subject is one", "request", 0.6, None, {}, "request"),
        ("a control, at length, is one", "person", 0.6, None, {}, "person"),
        ("a faint control is unclear", "person", 0.2, None, {}, "unclear"),
        ("yes, to nothing, stays yes", "affirm", 0.9, None, {"control": "affirm"}, "affirm"),
        ("nothing at all is unclear", "ask", 0.9, None, {"aspect": True, "text": "😀"}, "unclear"),
    ],
)  # fmt: skip
def test_answer_in_context(what, act, confidence, asking, found, intent):
    assert weighed(act, confidence, asking, **found) == intent, what


def test_a_ranking_is_cut_to_what_is_worth_sending():
    message = heard(
        "x",
        intent={"name": "ask", "confidence": 0.9},
        intent_ranking=[{"name": "ask", "confidence": 0.1}] * 19,
    )
    AnswerInContext(AnswerInContext.get_default_config()).process([message])
    assert len(message.get("intent_ranking")) == 3


def test_a_stored_model_holds_no_pickle(model):
    import tarfile

    with tarfile.open(model) as archive:
        names = [Path(name).suffix for name in archive.getnames() if "components" in name]
    assert {".npz", ".json"} <= set(names)
    assert not {".pkl", ".pickle", ".joblib"} & set(names)
