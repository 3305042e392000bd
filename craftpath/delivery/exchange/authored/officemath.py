"""A formula of an office document as TeX: fractions, powers, indices, roots, brackets, sums; the rest as its signs."""

from __future__ import annotations

from typing import Any

_MOST_DEPTH = 30
_NARY = {"∑": r"\sum", "∏": r"\prod", "∫": r"\int"}
_SIGNS = {
    "×": r"\times ",
    "÷": r"\div ",
    "≤": r"\le ",
    "≥": r"\ge ",
    "≠": r"\ne ",
    "π": r"\pi ",
    "±": r"\pm ",
    "°": r"^{\circ}",
    "α": r"\alpha ",
    "β": r"\beta ",
    "γ": r"\gamma ",
    "Δ": r"\Delta ",
    "φ": r"\varphi ",
    "ω": r"\omega ",
    "μ": r"\mu ",
    "θ": r"\theta ",
    "λ": r"\lambda ",
    "ρ": r"\rho ",
    "σ": r"\sigma ",
    "τ": r"\tau ",
    "∞": r"\infty ",
    "·": r"\cdot ",
}


def latex_of(element: Any, depth: int = 0) -> str:
    """The TeX of a formula or a part of one."""
    if depth > _MOST_DEPTH:
        return ""
    return (
        "".join(_one(child, depth + 1) for child in element).strip()
        if depth == 0
        else "".join(_one(child, depth + 1) for child in element)
    )


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _part(element: Any, name: str, depth: int) -> str:
    found = next((child for child in element if _local(child) == name), None)
    return latex_of(found, depth) if found is not None else ""


def _said(element: Any, name: str) -> str:
    """The value of a property such as the sign of a sum or of a bracket."""
    for child in element.iter():
        if _local(child) == name:
            return next((str(value) for key, value in child.attrib.items() if key.endswith("val")), "")
    return ""


def _one(element: Any, depth: int) -> str:
    name = _local(element)
    if name == "t":
        return "".join(
            _SIGNS.get(sign, "\\" + sign if sign in "%#&{}$" else sign) for sign in element.text or ""
        )
    if name == "f":
        return rf"\frac{{{_part(element, 'num', depth)}}}{{{_part(element, 'den', depth)}}}"
    if name == "sSup":
        return f"{_part(element, 'e', depth)}^{{{_part(element, 'sup', depth)}}}"
    if name == "sSub":
        return f"{_part(element, 'e', depth)}_{{{_part(element, 'sub', depth)}}}"
    if name == "sSubSup":
        return f"{_part(element, 'e', depth)}_{{{_part(element, 'sub', depth)}}}^{{{_part(element, 'sup', depth)}}}"
    if name == "rad":
        degree, inside = _part(element, "deg", depth), _part(element, "e", depth)
        return rf"\sqrt[{degree}]{{{inside}}}" if degree else rf"\sqrt{{{inside}}}"
    if name == "d":
        inside = ",".join(latex_of(child, depth) for child in element if _local(child) == "e")
        return f"{_said(element, 'begChr') or '('}{inside}{_said(element, 'endChr') or ')'}"
    if name == "nary":
        sign = _NARY.get(_said(element, "chr") or "∫", r"\int")
        low, high, inside = (_part(element, part, depth) for part in ("sub", "sup", "e"))
        return f"{sign}_{{{low}}}^{{{high}}} {inside}"
    if name.endswith("Pr"):
        return ""
    return latex_of(element, depth)
