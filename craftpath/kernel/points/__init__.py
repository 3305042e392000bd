"""Points: the same program on a laptop without a network serves a village point, and both sides stay one record.

Words: hub 中心站点 (the site that knows all points), point 离线教学点 (a site that serves one organisation and all
below it), bundle 数据包 (what one site has that another has not heard of, encrypted for that other), clash 冲突 (two
sites wrote the same without knowing of each other), held row 搁置的记录 (what came and could not be written here, kept
with the reason). Which tables travel, and which way, stands in `carried.toml`. Decision 52 says how it works and why.
"""
