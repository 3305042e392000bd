# ruff: noqa: E501  (a line of XML is one line)
"""Items of QTI, one for each interaction and each way of processing, written for these tests in the names of 2.2."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

from craftpath.delivery.exchange.exams import qti_tree
from craftpath.domain.exams.content import Content, question
from craftpath.engines.scoring import Kind, score

SPACE = qti_tree.SPACES[qti_tree.TWO]
TEMPLATE = "http://www.imsglobal.org/question/qti_v2p2/rptemplates/"


def item(body: str, declared: str = "", processing: str = "", title: str = "Lathe") -> str:
    """An item around a body."""
    return (
        f'<assessmentItem xmlns="{SPACE}" identifier="item-7" title="{title}" adaptive="false" timeDependent="false"'
        f' xml:lang="en">{declared}{SCORE}<itemBody>{body}</itemBody>{processing}</assessmentItem>'
    )


SCORE = (
    '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float">'
    "<defaultValue><value>0</value></defaultValue></outcomeDeclaration>"
)


def response(
    values: str, cardinality: str = "single", base: str = "identifier", name: str = "RESPONSE", more: str = ""
) -> str:
    """A declaration; its right values stand between bars."""
    right = "".join(f"<value>{value}</value>" for value in values.split("|") if value)
    held = f"<correctResponse>{right}</correctResponse>" if right else ""
    return (
        f'<responseDeclaration identifier="{name}" cardinality="{cardinality}" baseType="{base}">'
        f"{held}{more}</responseDeclaration>"
    )


def mapping(rows: str, **more: str) -> str:
    """`key=worth` between bars."""
    entries = "".join(
        f'<mapEntry mapKey="{key}" mappedValue="{worth}"/>'
        for key, worth in (row.split("=") for row in rows.split("|"))
    )
    bounds = "".join(f' {key}="{value}"' for key, value in more.items())
    return f"<mapping{bounds}>{entries}</mapping>"


def by(name: str) -> str:
    """Processing by a template of the specification."""
    return f'<responseProcessing template="{TEMPLATE}{name}"/>'


def rows(name: str, keys: str, more: str = "") -> str:
    """Choices, one for each letter."""
    return "".join(f'<{name} identifier="{key}" {more}>word {key}</{name}>' for key in keys)


MATCH, MAP, POINT = by("match_correct"), by("map_response"), by("map_response_point")
PICTURE = '<object data="plate.png" type="image/png" width="200" height="120">Plate</object>'
SPOTS = "".join(
    f'<{{name}} identifier="{key}" shape="{shape}" coords="{coords}" matchMax="1"/>'
    for key, shape, coords in (
        ("A", "circle", "20,20,8"),
        ("B", "rect", "50,10,90,40"),
        ("C", "poly", "100,50,140,50,120,90"),
    )
)


def _set(value: str, identifier: str = "SCORE") -> str:
    return f'<setOutcomeValue identifier="{identifier}"><baseValue baseType="float">{value}</baseValue></setOutcomeValue>'


def _if(condition: str, inside: str, otherwise: str = "") -> str:
    return f"<responseCondition><responseIf>{condition}{inside}</responseIf>{otherwise}</responseCondition>"


def _same(name: str, other: str) -> str:
    return f'<match><variable identifier="{name}"/>{other}</match>'


def _right(name: str) -> str:
    return _same(name, f'<correct identifier="{name}"/>')


def _base(value: str, kind: str = "identifier") -> str:
    return f'<baseValue baseType="{kind}">{value}</baseValue>'


CHOICE = f'<choiceInteraction responseIdentifier="RESPONSE" shuffle="false" maxChoices="{{most}}"><prompt>Which?</prompt>{rows("simpleChoice", "ABCD")}</choiceInteraction>'
TEMPLATED = (
    '<templateDeclaration identifier="N" cardinality="single" baseType="integer" mathVariable="true"/>'
    '<templateDeclaration identifier="D" cardinality="single" baseType="float"/>'
    '<templateDeclaration identifier="WHO" cardinality="single" baseType="string"/>'
)
DRAW = (
    '<templateProcessing><setTemplateValue identifier="N"><randomInteger min="2" max="12" step="2"/></setTemplateValue>'
    '<templateConstraint><gt><variable identifier="N"/><baseValue baseType="integer">5</baseValue></gt></templateConstraint>'
    '<setTemplateValue identifier="WHO"><random><multiple><baseValue baseType="string">lathes</baseValue>'
    '<baseValue baseType="string">mills</baseValue></multiple></random></setTemplateValue>'
    '<templateCondition><templateIf><gte><variable identifier="N"/><baseValue baseType="integer">8</baseValue></gte>'
    '<setTemplateValue identifier="D"><product><variable identifier="N"/><baseValue baseType="float">0.5</baseValue>'
    "</product></setTemplateValue></templateIf><templateElse>"
    '<setTemplateValue identifier="D"><baseValue baseType="float">3</baseValue></setTemplateValue></templateElse></templateCondition>'
    '<setCorrectResponse identifier="RESPONSE"><variable identifier="D"/></setCorrectResponse></templateProcessing>'
)
BOTH = (
    '<p>Feed <textEntryInteraction responseIdentifier="R1"/> with coolant '
    '<inlineChoiceInteraction responseIdentifier="R2"><inlineChoice identifier="on">on</inlineChoice>'
    '<inlineChoice identifier="off">off</inlineChoice></inlineChoiceInteraction>.</p>'
)
AREAS = '<areaMapping defaultValue="0"><areaMapEntry shape="circle" coords="60,60,10" mappedValue="1"/></areaMapping>'

ONCE, TWICE, THRICE = (f'matchMax="{most}"' for most in (1, 2, 3))
# name → (the item, the kinds it becomes, the points of all of them)
SAMPLES: dict[str, tuple[str, tuple[Kind, ...], str]] = {
    "choice": (item(CHOICE.format(most=1), response("B"), MATCH), (Kind.SINGLE,), "1"),
    "choice of several, matched": (
        item(CHOICE.format(most=0), response("A|C", "multiple"), MATCH), (Kind.MULTIPLE,), "1",
    ),
    "choice of several, mapped": (
        item(CHOICE.format(most=0), response("A|C", "multiple", more=mapping("A=1|C=1|B=-2", lowerBound="0", upperBound="2")), MAP),
        (Kind.MULTIPLE,), "2",
    ),
    "choice by its mapping alone": (
        item(CHOICE.format(most=1), response("", more=mapping("A=1|B=3")), MAP), (Kind.SINGLE,), "3",
    ),
    "choice without a declared key": (
        item(
            CHOICE.format(most=1), response(""),
            f"<responseProcessing>{_if(_same('RESPONSE', _base('D')), _set('4'))}</responseProcessing>",
        ),
        (Kind.SINGLE,), "4",
    ),
    "text": (
        item(
            '<p>The tool is a <textEntryInteraction responseIdentifier="RESPONSE"/>.</p>',
            response("parting tool", base="string", more=mapping("parting tool=2|cut-off tool=2|tool=0.5")), MAP,
        ),
        (Kind.SHORT,), "2",
    ),
    "two texts counted together": (
        item(
            '<p><textEntryInteraction responseIdentifier="R1"/> and <textEntryInteraction responseIdentifier="R2"/></p>',
            response("G00", base="string", name="R1") + response("G01", base="string", name="R2"),
            f"<responseProcessing>{_if('<and>' + _right('R1') + _right('R2') + '</and>', _set('3'))}</responseProcessing>",
        ),
        (Kind.SHORT,), "3",
    ),
    "number with a tolerance": (
        item(
            '<p>Depth: <textEntryInteraction responseIdentifier="RESPONSE"/></p>', response("2.50", base="float"),
            "<responseProcessing>"
            + _if(
                '<equal toleranceMode="absolute" tolerance="0.05 0.05"><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></equal>',
                _set("1"),
            )
            + "</responseProcessing>",
        ),
        (Kind.NUMERIC,), "1",
    ),
    "text found by the processing": (
        item(
            '<p>Unit: <textEntryInteraction responseIdentifier="RESPONSE"/></p>', response("", base="string"),
            "<responseProcessing>"
            + _if(f"<or>{_same('RESPONSE', _base('mm', 'string'))}{_same('RESPONSE', _base('millimetre', 'string'))}</or>", _set("2"))
            + "</responseProcessing>",
        ),
        (Kind.SHORT,), "2",
    ),
    "essay": (item('<p>Why?</p><extendedTextInteraction responseIdentifier="RESPONSE" expectedLines="6"/>', response("", base="string")), (Kind.ESSAY,), "1"),
    "long text with a key": (
        item('<p>Write G28.</p><extendedTextInteraction responseIdentifier="RESPONSE"/>', response("G28 U0", base="string"), MATCH),
        (Kind.SHORT,), "1",
    ),
    "choice in a text": (
        item(
            '<p>Turn <inlineChoiceInteraction responseIdentifier="RESPONSE"><inlineChoice identifier="l">left</inlineChoice>'
            '<inlineChoice identifier="r">right</inlineChoice></inlineChoiceInteraction>.</p>', response("r"), MATCH,
        ),
        (Kind.SINGLE,), "1",
    ),
    "pairs": (
        item(
            '<matchInteraction responseIdentifier="RESPONSE" maxAssociations="2"><prompt>Match</prompt>'
            f'<simpleMatchSet>{rows("simpleAssociableChoice", "AB", ONCE)}</simpleMatchSet>'
            f'<simpleMatchSet>{rows("simpleAssociableChoice", "XYZ", TWICE)}</simpleMatchSet></matchInteraction>',
            response("A X|B Z", "multiple", "directedPair", more=mapping("A X=1|B Z=1", defaultValue="0")), MAP,
        ),
        (Kind.MATCHING,), "2",
    ),
    "pairs with several partners": (
        item(
            '<matchInteraction responseIdentifier="RESPONSE"><prompt>Match</prompt>'
            f'<simpleMatchSet>{rows("simpleAssociableChoice", "AB", THRICE)}</simpleMatchSet>'
            f'<simpleMatchSet>{rows("simpleAssociableChoice", "XYZ", TWICE)}</simpleMatchSet></matchInteraction>',
            response("A X|A Y|B Y", "multiple", "directedPair"), MATCH,
        ),
        (Kind.MULTIPLE,), "1",
    ),
    "pairs with one left over": (
        item(
            '<matchInteraction responseIdentifier="RESPONSE"><prompt>Match</prompt>'
            f'<simpleMatchSet>{rows("simpleAssociableChoice", "ABC", ONCE)}</simpleMatchSet>'
            f'<simpleMatchSet>{rows("simpleAssociableChoice", "XYZ", TWICE)}</simpleMatchSet></matchInteraction>',
            response("A X|B X", "multiple", "directedPair"), MATCH,
        ),
        (Kind.MATCHING,), "1",
    ),
    "pairs about one thing": (
        item(
            '<matchInteraction responseIdentifier="RESPONSE"><prompt> </prompt>'
            f'<simpleMatchSet>{rows("simpleAssociableChoice", "ABC", ONCE)}</simpleMatchSet>'
            f'<simpleMatchSet>{rows("simpleAssociableChoice", "Q", ONCE)}</simpleMatchSet></matchInteraction>',
            response("B Q", "multiple", "directedPair", more=mapping("B Q=2")), MAP,
        ),
        (Kind.SINGLE,), "2",
    ),
    "one thing in one gap": (
        item(
            f'<graphicGapMatchInteraction responseIdentifier="RESPONSE"><prompt>Put it</prompt>{PICTURE}{rows("gapText", "X", TWICE)}'
            '<associableHotspot identifier="A" shape="circle" coords="20,20,8" matchMax="2"/></graphicGapMatchInteraction>',
            response("A X|A X", "multiple", "directedPair"), MATCH,
        ),
        (Kind.SINGLE,), "1",
    ),
    "associate": (
        item(
            f'<associateInteraction responseIdentifier="RESPONSE" maxAssociations="2"><prompt>Rivals</prompt>{rows("simpleAssociableChoice", "ABCD", ONCE)}</associateInteraction>',
            response("A D|C B", "multiple", "pair", more=mapping("A D=2|C B=1")), MAP,
        ),
        (Kind.MULTIPLE,), "3",
    ),
    "gaps": (
        item(
            f'<gapMatchInteraction responseIdentifier="RESPONSE"><prompt>Fill</prompt>{rows("gapText", "WSA", ONCE)}'
            '<p>First <gap identifier="G1"/>, then <gap identifier="G2"/>.</p></gapMatchInteraction>',
            response("W G1|S G2", "multiple", "directedPair", more=mapping("W G1=1|S G2=1", defaultValue="-1", lowerBound="0")), MAP,
        ),
        (Kind.MATCHING,), "2",
    ),
    "order": (
        item(f'<orderInteraction responseIdentifier="RESPONSE"><prompt>Order</prompt>{rows("simpleChoice", "ABC")}</orderInteraction>', response("C|A|B", "ordered"), MATCH),
        (Kind.ORDERING,), "1",
    ),
    "order of some": (
        item(
            f'<orderInteraction responseIdentifier="RESPONSE" minChoices="2" maxChoices="2"><prompt>Order</prompt>{rows("simpleChoice", "ABC")}</orderInteraction>',
            response("C|A", "ordered"), MATCH,
        ),
        (Kind.MATCHING,), "1",
    ),
    "hot text": (
        item(
            '<hottextInteraction responseIdentifier="RESPONSE" maxChoices="1"><prompt>Which word is wrong?</prompt><p>The '
            '<hottext identifier="A">spindle</hottext> <hottext identifier="B">cut</hottext> the bar.</p></hottextInteraction>',
            response("B"), MATCH,
        ),
        (Kind.SINGLE,), "1",
    ),
    "slider": (
        item('<sliderInteraction responseIdentifier="RESPONSE" lowerBound="0" upperBound="100" step="5"><prompt>How much?</prompt></sliderInteraction>', response("15", base="integer"), MATCH),
        (Kind.NUMERIC,), "1",
    ),
    "hotspot": (
        item(f'<hotspotInteraction responseIdentifier="RESPONSE" maxChoices="1"><prompt>Where?</prompt>{PICTURE}{SPOTS.format(name="hotspotChoice")}</hotspotInteraction>', response("C"), MATCH),
        (Kind.HOTSPOT,), "1",
    ),
    "point": (
        item(f'<selectPointInteraction responseIdentifier="RESPONSE" maxChoices="1"><prompt>Where?</prompt>{PICTURE}</selectPointInteraction>', response("60 60", base="point", more=AREAS), POINT),
        (Kind.HOTSPOT,), "1",
    ),
    "placed object": (
        item(
            f'<positionObjectStage>{PICTURE}<positionObjectInteraction responseIdentifier="RESPONSE" maxChoices="1"><object data="pin.png" type="image/png" width="9" height="9"/></positionObjectInteraction></positionObjectStage>',
            response("60 60", base="point", more=AREAS), POINT,
        ),
        (Kind.HOTSPOT,), "1",
    ),
    "order in a picture": (
        item(f'<graphicOrderInteraction responseIdentifier="RESPONSE"><prompt>Order</prompt>{PICTURE}{SPOTS.format(name="hotspotChoice")}</graphicOrderInteraction>', response("B|A|C", "ordered"), MATCH),
        (Kind.ORDERING,), "1",
    ),
    "pairs in a picture": (
        item(f'<graphicAssociateInteraction responseIdentifier="RESPONSE" maxAssociations="2"><prompt>Join</prompt>{PICTURE}{SPOTS.format(name="associableHotspot")}</graphicAssociateInteraction>', response("B A|B C", "multiple", "pair"), MATCH),
        (Kind.MULTIPLE,), "1",
    ),
    "gaps in a picture": (
        item(
            f'<graphicGapMatchInteraction responseIdentifier="RESPONSE"><prompt>Label</prompt>{PICTURE}{rows("gapText", "XYZ", ONCE)}{SPOTS.format(name="associableHotspot")}</graphicGapMatchInteraction>',
            response("X A|Y B|Z C", "multiple", "directedPair", more=mapping("X A=1|Y B=1|Z C=1")), MAP,
        ),
        (Kind.MATCHING,), "3",
    ),
    "upload": (item('<p>Hand in</p><uploadInteraction responseIdentifier="RESPONSE"/>', response("", base="file")), (Kind.ESSAY,), "1"),
    "drawing": (item(f'<drawingInteraction responseIdentifier="RESPONSE"><prompt>Draw</prompt>{PICTURE}</drawingInteraction>', response("", base="file")), (Kind.ESSAY,), "1"),
    "a program of the item": (
        item('<p>Plot</p><customInteraction responseIdentifier="RESPONSE" class="plotter"><x/></customInteraction>', response("3", base="integer"), MATCH), (Kind.ESSAY,), "1",
    ),
    "text and choice, each for itself": (
        item(
            BOTH, response("0.2", base="string", name="R1", more=mapping("0.2=2")) + response("on", name="R2"),
            '<responseProcessing><setOutcomeValue identifier="SCORE"><mapResponse identifier="R1"/></setOutcomeValue>'
            + _if(_right("R2"), '<setOutcomeValue identifier="SCORE"><sum><variable identifier="SCORE"/><baseValue baseType="float">1</baseValue></sum></setOutcomeValue>')
            + "</responseProcessing>",
        ),
        (Kind.SHORT, Kind.SINGLE), "3",
    ),
    "text and choice, counted together": (
        item(
            BOTH, response("0.2", base="string", name="R1") + response("on", name="R2"),
            f"<responseProcessing>{_if('<and>' + _right('R1') + _right('R2') + '</and>', _set('1'))}</responseProcessing>",
        ),
        (Kind.SHORT, Kind.SINGLE), "1",
    ),
    "template": (
        item(
            '<p><printedVariable identifier="N"/> <printedVariable identifier="WHO"/> at <math xmlns="http://www.w3.org/1998/Math/MathML"><mi>N</mi></math>: <textEntryInteraction responseIdentifier="RESPONSE"/></p>',
            response("", base="float") + TEMPLATED + DRAW, MATCH,
        ),
        (Kind.NUMERIC,), "1",
    ),
    "shown part by part": (
        item(
            '<feedbackBlock outcomeIdentifier="STORY" identifier="two" showHide="show"><choiceInteraction responseIdentifier="RESPONSE" maxChoices="1"><prompt>Now?</prompt>'
            + rows("simpleChoice", "AB") + '</choiceInteraction></feedbackBlock><endAttemptInteraction responseIdentifier="HINT" title="Hint"/>',
            response("B") + '<outcomeDeclaration identifier="STORY" cardinality="single" baseType="identifier"/>', MATCH,
        ),
        (Kind.SINGLE,), "1",
    ),
}  # fmt: skip


def three(two: str) -> bytes:
    """The same item in the names of 3.0."""
    root = qti_tree.in_two(fromstring(two))
    for element in root.iter():
        element.tag = str(element.tag)
    root = qti_tree.in_three(root)
    root.set("xmlns", qti_tree.SPACES[qti_tree.THREE])
    return qti_tree.written(root)


def right_answer(content: Content) -> object:
    """What somebody gives who knows the key."""
    details = content.details
    if content.kind is Kind.NUMERIC:
        return details["value"]
    if content.kind is Kind.SHORT:
        return {row["key"]: next(iter(row["accepted"]), "") for row in details["blanks"]}
    if content.kind is Kind.MATCHING:
        return dict(details["pairs"])
    if content.kind is Kind.ORDERING:
        return list(details["order"])
    return list(details.get("right", ()))


def earned(content: Content, answer: object) -> float:
    """Points for an answer, by the bank's own scorer."""
    return float(score(question(content), answer).earned)  # type: ignore[arg-type]


__all__ = ["SAMPLES", "Element", "earned", "item", "response", "right_answer", "three"]
