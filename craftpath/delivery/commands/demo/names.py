"""Made-up names, drawn with a seed, so that every demo has the same people."""

from __future__ import annotations

import random

_SURNAMES = [
    ("陈", "Chen"), ("林", "Lin"), ("黄", "Huang"), ("周", "Zhou"),
    ("吴", "Wu"), ("徐", "Xu"), ("孙", "Sun"),
    ("马", "Ma"), ("朱", "Zhu"), ("胡", "Hu"), ("郭", "Guo"),
    ("何", "He"), ("高", "Gao"), ("罗", "Luo"),
    ("郑", "Zheng"), ("梁", "Liang"), ("谢", "Xie"), ("宋", "Song"),
    ("唐", "Tang"), ("许", "Xu"), ("邓", "Deng"),
    ("韩", "Han"), ("冯", "Feng"), ("曹", "Cao"), ("彭", "Peng"),
    ("曾", "Zeng"), ("肖", "Xiao"), ("田", "Tian"),
    ("董", "Dong"), ("袁", "Yuan"), ("潘", "Pan"), ("蒋", "Jiang"),
    ("蔡", "Cai"), ("欧阳", "Ouyang"), ("上官", "Shangguan"),
]  # fmt: skip
_GIVEN = [
    ("雨桐", "Yutong"), ("浩然", "Haoran"), ("思远", "Siyuan"),
    ("一鸣", "Yiming"), ("佳怡", "Jiayi"), ("子轩", "Zixuan"),
    ("晓峰", "Xiaofeng"), ("文博", "Wenbo"), ("静雯", "Jingwen"),
    ("志强", "Zhiqiang"), ("梦洁", "Mengjie"), ("俊杰", "Junjie"),
    ("海燕", "Haiyan"), ("国栋", "Guodong"), ("建华", "Jianhua"),
    ("丽娟", "Lijuan"), ("天宇", "Tianyu"), ("欣悦", "Xinyue"),
    ("家豪", "Jiahao"), ("诗琪", "Shiqi"), ("立新", "Lixin"),
    ("春梅", "Chunmei"), ("宏伟", "Hongwei"), ("明哲", "Mingzhe"),
    ("若溪", "Ruoxi"), ("嘉伟", "Jiawei"), ("倩", "Qian"),
    ("磊", "Lei"), ("敏", "Min"), ("超", "Chao"),
]  # fmt: skip


def draw(count: int, seed: int) -> list[tuple[str, str]]:
    """`count` different (name, Latin form) pairs."""
    every = [(a + b, f"{x} {y}") for a, x in _SURNAMES for b, y in _GIVEN]
    return random.Random(seed).sample(every, count)  # noqa: S311  (names, not secrets)
