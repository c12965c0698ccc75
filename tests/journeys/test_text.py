"""By text: a missed bin, from the first words to the reference, against a whole Doorstep."""

from __future__ import annotations

import secrets

from journeys.phones import Mobile, reference_in
from journeys.stack import Stack, until

MISSED_BIN = ("recycling", "yesterday", "yes", "12 High Street", "SW1A 1AA", "no", "Sam Jones", "skip")


def report(mobile: Mobile, answers: tuple[str, ...] = MISSED_BIN) -> str:
    """Go through the request to its check list; gives that list."""
    reply = mobile.text("I want to report a missed bin")
    for answer in answers:
        reply = mobile.text(answer)
    return reply


def test_a_missed_bin_is_reported_by_text_and_arrives_in_the_register(stack: Stack) -> None:
    mobile = Mobile(stack)
    check_list = report(mobile)
    assert "12 High Street" in check_list
    assert "SW1A 1AA" in check_list
    receipt = mobile.text("yes")
    reference = reference_in(receipt)

    def taken() -> bool:
        return any("REG-" in text and reference in text for text in mobile.inbox())

    until(taken, "the register's reference to be texted")


def test_guidance_is_answered_from_what_is_published(stack: Stack) -> None:
    reply = Mobile(stack).text("how much does a bulky waste collection cost")
    assert "£35" in reply


def test_a_question_in_the_middle_is_answered_and_the_form_goes_on(stack: Stack) -> None:
    mobile = Mobile(stack)
    mobile.text("report a missed bin")
    mobile.text("recycling")
    reply = mobile.text("how much does it cost?")
    assert "free" in reply.lower()
    assert "Which day" in reply
    assert "7am" in mobile.text("yesterday")


def test_back_change_repeat_help_and_start_over_work_in_the_middle(stack: Stack) -> None:
    mobile = Mobile(stack)
    mobile.text("report a missed bin")
    mobile.text("recycling")
    assert "Which bin" in mobile.text("back")
    assert "Which day" in mobile.text("food waste")
    again = mobile.text("repeat")
    assert "Which day" in again
    assert "Which day" in mobile.text("help me")
    assert "Which bin" in mobile.text("start over")


def test_an_answer_is_changed_from_the_check_list(stack: Stack) -> None:
    mobile = Mobile(stack)
    report(mobile)
    assert "postcode" in mobile.text("change postcode").lower()
    assert "EC1V 9HQ" in mobile.text("EC1V 9HQ")


def test_a_person_is_offered_when_asked_for_and_the_request_waits(stack: Stack) -> None:
    mobile = Mobile(stack)
    mobile.text("report a missed bin")
    reply = mobile.text("I want to speak to a person")
    assert "01632 960 100" in reply
    assert "Which day" in mobile.text("recycling")


def test_stop_for_now_keeps_the_answers(stack: Stack) -> None:
    mobile = Mobile(stack)
    mobile.text("report a missed bin")
    mobile.text("recycling")
    assert "kept" in mobile.text("stop for now")
    assert "Which day" in mobile.text("report a missed bin")


def test_welsh_is_answered_in_welsh(stack: Stack) -> None:
    mobile = Mobile(stack)
    assert "o hyn ymlaen" in mobile.text("Cymraeg")
    assert "Pa fin" in mobile.text("mae fy min heb gael ei gasglu")


def test_the_same_message_twice_is_answered_once_and_changes_nothing(stack: Stack) -> None:
    mobile = Mobile(stack)
    mobile.text("report a missed bin")
    sid = f"SM{secrets.token_hex(16)}"
    first = mobile.text("recycling", sid=sid)
    assert mobile.text("recycling", sid=sid) == first
    assert "out by" in mobile.text("yesterday")


def test_a_finished_request_confirmed_twice_is_one_case(stack: Stack) -> None:
    mobile = Mobile(stack)
    report(mobile)
    sid = f"SM{secrets.token_hex(16)}"
    assert reference_in(mobile.text("yes", sid=sid)) == reference_in(mobile.text("yes", sid=sid))


def test_stop_is_honoured_until_start(stack: Stack) -> None:
    mobile = Mobile(stack)
    mobile.text("hello")
    assert mobile.text("STOP") == ""
    assert mobile.text("hello?") == ""
    assert mobile.text("START") != ""
    assert mobile.text("hello") != ""


def test_what_cannot_be_read_gets_its_own_kind_reply_and_the_form_waits(stack: Stack) -> None:
    mobile = Mobile(stack)
    mobile.text("report a missed bin")
    for body, extra, said in (
        ("", {}, "empty"),
        ("🙂🙂🙂", {}, "words and numbers"),
        ("a" * 10_000, {}, "too long"),
        ("", {"NumMedia": "1"}, "pictures"),
        ("мой мусор не вывезли", {}, "interpreter"),
        ("\x00\x01\x02 \ufffd", {}, ""),
        ("the ninth one", {}, "Which bin"),
    ):
        reply = mobile.text(body, **extra)
        assert said in reply
        assert "Which bin" in reply
    mobile.text("recycling")
    for body in ("31 February", "99/99/9999", "blue"):
        assert "Which day" in mobile.text(body)


def test_a_forged_signature_is_refused_and_nothing_is_stored(stack: Stack) -> None:
    mobile = Mobile(stack)
    sid = f"SM{secrets.token_hex(16)}"
    assert mobile.post("hello", sid=sid, token="somebody else's").status_code == 403
    assert stack.http.post("/channels/sms/twilio", data={"Body": "hello"}).status_code == 403
    assert "hello" in mobile.text("hello", sid=sid).lower()


def test_a_payload_is_just_text(stack: Stack) -> None:
    reply = Mobile(stack).text("/person")
    assert "/" not in reply.replace("https://", "").replace("http://", "") or "/person" not in reply
