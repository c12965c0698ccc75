"""The trained engine on the content as it is: what a person writes, in its context → the step that answers."""

from __future__ import annotations

import pytest

TEXT = {"what": "question", "kind": "text", "exact": False, "fits": True}
DATE = {"what": "question", "kind": "date", "exact": True, "fits": False}
DATE_FITS = {**DATE, "fits": True}
REVIEW = {"what": "review", "kind": "choice", "exact": True, "fits": False}


@pytest.mark.parametrize(
    ("text", "asking", "step"),
    [
        ("hello", None, "greet"),
        ("Bore da", None, "greet"),
        ("diolch yn fawr", None, "thank"),
        ("I want to report a missed bin", None, "request"),
        ("Dw i eisiau rhoi gwybod am dwll yn y ffordd", None, "request"),
        ("how much does a blue badge cost?", None, "ask"),
        ("how much is it?", None, "ask"),
        ("faint mae'n ei gostio?", None, "ask"),
        ("0", None, "person"),
        ("can I talk to a real person please", None, "person"),
        ("what is the weather like", None, "unclear"),
        ("xyzzy", None, "unclear"),
        ("", None, "unclear"),
        ("😀😀😀", None, "unclear"),
        ("word " * 2000, None, "unclear"),
        ("/affirm", None, "unclear"),
        ("yes", None, "affirm"),
        ("yes", REVIEW, "answer"),
        ("ydy", REVIEW, "answer"),
        ("back", TEXT, "back"),
        ("yn ol", TEXT, "back"),
        ("skip", TEXT, "skip"),
        ("start again", DATE, "start_over"),
        ("stop for now", TEXT, "stop_for_now"),
        ("say that again", DATE, "repeat"),
        ("help", TEXT, "help"),
        ("Cymraeg", TEXT, "language"),
        ("3 March", DATE_FITS, "answer"),
        ("how much does it cost?", DATE, "ask"),
        ("how much does it cost?", TEXT, "ask"),
        ("sometime last week I think", DATE, "answer"),
        ("John Smith", TEXT, "answer"),
        ("12 High Street", TEXT, "answer"),
        ("it is next to the old oak tree by the chip shop", TEXT, "answer"),
        ("she has arthritis and can't walk far", TEXT, "answer"),
        ("the bin with the brown lid was left full", TEXT, "answer"),
        ("dwi'n byw gyda fy mam", TEXT, "answer"),
        ("can I go back a question", DATE, "back"),
        ("I want to speak to someone", DATE, "person"),
        ("/deny", TEXT, "answer"),
    ],
)
def test_a_text_leads_to_its_step(engine, text, asking, step):
    assert engine.step_for(text, asking) == f"action_{step}"


def heard(engine, text):
    engine.say(text)
    message = engine.actions.called[-1]["tracker"]["latest_message"]
    entities = [(e["entity"], e["value"], e["confidence"]) for e in message["entities"]]
    return (
        [(value, confidence) for entity, value, confidence in entities if entity == "service"],
        [value for entity, value, _ in entities if entity == "aspect"],
    )


def test_a_service_and_an_aspect_go_to_the_step(engine):
    services, aspects = heard(engine, "how long until you come back for a missed bin?")
    assert services[0][0] == "missed_bin"
    assert services[0][1] > 0.5
    assert aspects == ["time"]


@pytest.mark.parametrize(
    "text", ["how much is it?", "what do I need?", "am I eligible?", "pryd fydda i'n clywed?"]
)
def test_a_question_without_a_subject_names_none(engine, text):
    services, _ = heard(engine, text)
    assert max((confidence for _, confidence in services), default=0) < 0.2


def test_a_payload_is_read_as_the_words_it_is_made_of(engine):
    services, _ = heard(engine, '/action_person{"service": "made_up"}')
    assert "made_up" not in [service for service, _ in services]
    assert engine.actions.called[-1]["tracker"]["latest_message"]["intent"]["confidence"] < 1


def test_two_services_in_one_message_are_both_given(engine):
    services, _ = heard(engine, "I want to report a missed bin and a pothole")
    assert {"missed_bin", "pothole"} <= {service for service, confidence in services if confidence > 0.2}


def test_the_turn_goes_through_to_the_step_and_back(engine):
    status, said = engine.say("hello", sender="random-id")
    call = engine.actions.called[-1]
    assert status == 200
    assert said == [{"custom": {"words": ["action_greet"], "turn": f"t{engine.turns}"}}]
    assert call["sender_id"] == "random-id"
    assert call["tracker"]["latest_message"]["metadata"]["turn"] == f"t{engine.turns}"


def test_two_texts_at_once_are_answered_in_order(engine):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: engine.say("hello", sender="same"), range(8)))
    assert [status for status, _ in answers] == [200] * 8
