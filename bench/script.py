"""What is said in the bench: the same twenty texts, in the same order, to both."""

TEXTS = (
    "my bin was missed this morning",
    "how much does a bulky waste collection cost",
    "there is a big pothole on my road",
    "who can get a blue badge",
    "what documents do i need for a blue badge",
    "how do i apply for a school place",
    "when is the deadline for school places",
    "how long does a blue badge take",
    "can i get council tax reduction",
    "how do i get help as a carer",
    "what is a carer's assessment",
    "do i have to pay business rates",
    "how much is small business rate relief",
    "how do i apply for student finance",
    "what do i need to apply for student finance",
    "who do i contact about my bins",
    "i have moved house who do i tell",
    "what can you take in a bulky collection",
    "how long until a pothole is repaired",
    "how do i challenge a council tax reduction decision",
)


def turn(number: int) -> str:
    """The text of a turn, from 1: the script goes round."""
    return TEXTS[(number - 1) % len(TEXTS)]
