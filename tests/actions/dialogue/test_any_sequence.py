"""Whatever is said, in whatever order: no move raises, every turn has words, and no answer is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from actions.conversation import Outcome
from actions.dialogue import CHANNEL_MOVES, MOVES
from actions.dialogue.waiting import waiting_words
from bot.catalogue import Catalogue, load
from bot.words import HandOver, asked
from tests.actions.dialogue.talking import TODAY, Talk, left_by

CONTENT = load(on=TODAY)
SILENT = {"opt_out", "hang_up"}
TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["yes", "no", "1", "2", "9", "0", "*", "none of these", "skip", "change the name", "ie", "Cymraeg"]
    ),
)
SERVICES = st.lists(
    st.tuples(st.sampled_from([*CONTENT.services, "gone"]), st.sampled_from([0.1, 0.3, 0.6, 0.95])),
    max_size=3,
)


class AnyConversation(RuleBasedStateMachine):
    """One person who says anything at all."""

    talk: Talk

    @initialize(door=st.sampled_from(["sms", "voice", "webchat"]), language=st.sampled_from(["en", "cy"]))
    def comes(self, door: str, language: Any) -> None:
        self.talk = Talk(CONTENT, door)
        self.talk.state = replace(self.talk.state, language=language)

    @rule(
        intent=st.sampled_from(sorted(MOVES)),
        text=TEXTS,
        services=SERVICES,
        aspect=st.sampled_from([None, "cost", "how", "nonsense"]),
        manner=st.sampled_from(["typed", "spoken", "keyed"]),
    )
    def says(self, intent: str, text: str, services: Any, aspect: str | None, manner: Any) -> None:
        before = _given(self.talk)
        under_way = self.talk.state.interview
        outcome = self.talk.understood(intent, text, services, aspect, manner)
        assert outcome.words
        cleared = under_way.service if intent == "start_over" and under_way is not None else None
        self._kept(before, outcome, cleared)

    @rule(control=st.sampled_from(sorted(CHANNEL_MOVES)))
    def does(self, control: str) -> None:
        before = _given(self.talk)
        outcome = self.talk.control(control)
        assert bool(outcome.words) != (control in SILENT)
        self._kept(before, outcome, None)

    @rule(data=st.data())
    def answers_well(self, data: st.DataObject) -> None:
        held = self.talk.state.interview
        if self.talk.state.asking != "question" or held is None or held.at is None:
            return
        question = self.talk.catalogue.services[held.service].question(held.at)
        before = _given(self.talk)
        if question.examples:
            said = data.draw(st.sampled_from(question.examples))
            outcome = self.talk.understood("answer", said)
            assert question.id in {*self.talk.given()}, said
            self._kept(before, outcome, None)

    @rule(service=st.sampled_from(sorted(CONTENT.services)))
    def wants(self, service: str) -> None:
        before = _given(self.talk)
        self._kept(before, self.talk.asks_for(service), None)

    @rule()
    def finds_a_new_version(self) -> None:
        """Content is published again, with nothing different."""
        services = {
            name: replace(service, version=service.version + 1)
            for name, service in self.talk.catalogue.services.items()
        }
        self.talk.catalogue = replace(self.talk.catalogue, services=services)

    @invariant()
    def what_waits_is_what_was_asked(self) -> None:
        if not self.talk.outcomes or not self.talk.outcomes[-1].words:
            return
        waiting = waiting_words(self.talk.state, self.talk.at())
        assert bool(waiting) == (self.talk.state.asking is not None)
        handed = any(isinstance(word, HandOver) for word in self.talk.words)
        if waiting and not (self.talk.door == "voice" and handed):
            assert asked(self.talk.words) is not None

    def _kept(self, before: dict[str, set[str]], outcome: Outcome, cleared: str | None) -> None:
        after = _given(self.talk)
        finished = outcome.finished.service if outcome.finished is not None else None
        for service, questions in before.items():
            if service not in (cleared, finished):
                assert questions <= after.get(service, set()), service


def _given(talk: Talk) -> dict[str, set[str]]:
    return {name: set(one.answers) for name, one in left_by(talk.state).items()}


TestAnyConversation = AnyConversation.TestCase
TestAnyConversation.settings = settings(
    max_examples=60,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def test_the_content_has_services(catalogue: Catalogue) -> None:
    """The machine above would prove nothing on an empty catalogue."""
    assert len(catalogue.services) == 10
