"""Partnership: what enterprise and college agree on with each other before they train together.

Words: cooperation agreement 校企合作协议 (parties, period, mode, content, cost, duties, filing number). Signed through
`kernel/signing.py`. Neighbours: `agreements` asks whether one is in force for an enterprise and a college.
"""
