"""Partnership: what enterprises, colleges and public bodies agree on, put in, and settle year by year.

Words: cooperation agreement 合作协议 (sides, period, mode, content, cost, duties with days, filing number),
contribution 投入, pledge 承诺投入, valuation rule 计价规则, balance letter 年度对账函.

Signed through `kernel/signing.py`; contributions are valued by `engines/valuation` by a rule that all sides agreed on,
and confirmed by another side than the giver; costs of apprenticeship are reckoned by `engines/enterprise_costs`.
Neighbours: `committees` below, in which a partnership decides; `agreements` asks whether a cooperation is in force for
an enterprise and a college.
"""
