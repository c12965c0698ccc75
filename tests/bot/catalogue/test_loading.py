"""Content in files becomes the catalogue of a day."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.catalogue import Catalogue, ContentBroken, load
from bot.words import Wording

GOOD = Path(__file__).parent / "good/data"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD, tmp_path / "data"))


@pytest.fixture
def catalogue() -> Catalogue:
    return load(GOOD, on=date(2026, 6, 1))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_service_is_whole(catalogue: Catalogue) -> None:
    skip = catalogue.services["skip"]
    assert skip.takes_requests
    assert skip.title["cy"] == "Gwneud cais am drwydded sgip"
    assert [question.id for question in skip.questions] == [
        "size",
        "lights",
        "lights_note",
        "starts_on",
        "phone",
    ]
    assert skip.phrasings["en"]["request"][0] == "I want a skip permit"
    assert not catalogue.services["library"].takes_requests


def test_guidance_names_its_source(catalogue: Catalogue) -> None:
    source = catalogue.services["skip"].guidance["cost"].source
    assert (source.url, source.owner, source.read) == (
        "https://www.test.example/skip",
        "Test Council",
        "2026-01-12",
    )


def test_a_text_alone_is_a_wording_with_no_other_form(catalogue: Catalogue) -> None:
    assert catalogue.services["skip"].guidance["how"].wording["en"] == Wording("Ask us for a permit here.")


@pytest.mark.parametrize(("on", "fee"), [(date(2026, 3, 31), "£40"), (date(2026, 4, 1), "£45")])
def test_next_aprils_amount_waits_for_april(on: date, fee: str) -> None:
    assert load(GOOD, on=on).services["skip"].guidance["cost"].wording["en"].short == f"A permit costs {fee}."


def test_what_opens_a_question_is_kept_as_answers(catalogue: Catalogue) -> None:
    skip = catalogue.services["skip"]
    assert skip.question("lights").only_if == {"size": ("large",)}
    assert skip.question("lights_note").only_if == {"lights": (False,)}


def test_a_question_holds_what_its_service_says_of_all(catalogue: Catalogue) -> None:
    keep = catalogue.services["skip"].question("phone").keep
    assert (keep.basis, keep.controller, keep.months) == ("public_task", "Test Council", 6)
    assert keep.recipients == ("Test Council roads team",)


def test_a_question_says_otherwise_of_itself(folder: Path) -> None:
    edit(folder / "services/skip.yml", "    optional: true\n", "    optional: true\n    keep: {months: 1}\n")
    skip = load(folder, on=date(2026, 6, 1)).services["skip"]
    assert (skip.question("phone").keep.months, skip.question("size").keep.months) == (1, 6)
    assert skip.question("phone").keep.basis == "public_task"


def test_a_phrase_is_filled_when_it_is_said(catalogue: Catalogue) -> None:
    said = catalogue.phrase("talk.receipt", "cy", reference="WM-1")
    assert said == Wording("Diolch. Eich cyfeirnod yw WM-1.", "Cyfeirnod: WM-1", "Eich cyfeirnod yw WM-1.")
    assert catalogue.phrase("talk.phone", "en").text == "You can phone Test Council on 01632 960 100."


def test_a_phrase_that_is_not_there_is_our_own_mistake(catalogue: Catalogue) -> None:
    with pytest.raises(KeyError):
        catalogue.phrase("talk.nothing", "en")


def test_a_councils_own_content_takes_the_place_of_ours(tmp_path: Path) -> None:
    theirs = tmp_path / "westmoor"
    (theirs / "services").mkdir(parents=True)
    shutil.copy(GOOD / "services/library.yml", theirs / "services/library.yml")
    shutil.copy(GOOD / "council.yml", theirs / "council.yml")
    edit(theirs / "services/library.yml", "Anyone can join.", "Anyone in Westmoor can join.")
    edit(theirs / "council.yml", "en: Test Council", "en: Westmoor Council")

    ours, laid_over = load(GOOD, on=date(2026, 6, 1)), load(GOOD, theirs, on=date(2026, 6, 1))

    assert (
        laid_over.services["library"].guidance["eligibility"].wording["en"].text
        == "Anyone in Westmoor can join."
    )
    assert laid_over.services["skip"] == ours.services["skip"]
    assert laid_over.phrase("talk.phone", "en").text.startswith("You can phone Westmoor Council")
    assert laid_over.fingerprint != ours.fingerprint


@pytest.mark.parametrize(
    ("file", "old", "new", "names"),
    [
        ("services/skip.yml", "owner: Test Council\n", "", "services/skip.yml:1 lacks 'owner'"),
        ("services/skip.yml", "{rate.skip.permit}", "{rate.skip.fee}", "rate.skip.fee"),
        ("services/skip.yml", "months: 6", "months: six", "services/skip.yml"),
        ("services/skip.yml", "questions:", "questions: [", "services/skip.yml:"),
        ("phrases/talk.yml", "  talk.sorry:\n", "  talk.sorry: 7\n  talk.other:\n", "phrases/talk.yml"),
        ("council.yml", "text_number_shown: 07700 900 100\n", "", "council.yml:1 lacks 'text_number_shown'"),
        ("council.yml", "text_pence_per_segment: 4.0", "text_pence_per_segment: cheap", "council.yml"),
        ("rates/skip.yml", "    amounts:", "    prices:", "{rate.skip.permit} is no rate"),
    ],
)
def test_content_that_cannot_be_used_is_named(
    folder: Path, file: str, old: str, new: str, names: str
) -> None:
    edit(folder / file, old, new)
    with pytest.raises(ContentBroken) as raised:
        load(folder, on=date(2026, 6, 1))
    assert names in str(raised.value)


@pytest.mark.parametrize("text", ["", "- a list\n", "a text\n"])
@pytest.mark.parametrize("file", ["services/skip.yml", "phrases/talk.yml", "council.yml", "rates/skip.yml"])
def test_a_file_of_another_shape_is_named(folder: Path, file: str, text: str) -> None:
    (folder / file).write_text(text, encoding="utf-8")
    with pytest.raises(ContentBroken) as raised:
        load(folder, on=date(2026, 6, 1))
    assert raised.value.shown == f"data/{file}"


def test_content_without_a_council_is_refused(folder: Path) -> None:
    (folder / "council.yml").unlink()
    with pytest.raises(ContentBroken, match=r"data/council\.yml"):
        load(folder, on=date(2026, 6, 1))
