"""Enterprise costs: what an apprenticeship costs an enterprise, what it brings, and when it has paid for itself.

Words: net cost 净成本, relative productivity 相对生产率, break-even 盈亏平衡.

The way of counting is that of the ILO's toolkit for quality apprenticeships (volume 2). Costs: what apprentices are
paid, the time of those who train them, material, equipment and premises, recruitment and administration, fees.
Benefits while they learn: the work that they do in place of skilled and unskilled workers, and subsidies. Benefits
afterwards: nobody has to be recruited in their place, and those who were trained here leave less often.
Every figure is an assumption that the caller shows beside the result.
"""

from craftpath.engines.enterprise_costs.reckoning import reckon
from craftpath.engines.enterprise_costs.types import BENEFITS, COSTS, Assumptions, Reckoning, Year, YearResult

__all__ = ["BENEFITS", "COSTS", "Assumptions", "Reckoning", "Year", "YearResult", "reckon"]
