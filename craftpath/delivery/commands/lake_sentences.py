"""What `craftpath rollup` says of a lake."""

from __future__ import annotations

from craftpath.delivery.commands.speech import Sentences

LAKE: Sentences = {
    "cities_unreadable": (
        "the list of cities and their keys is missing or cannot be read",
        "城市及其密钥清单缺失或无法读取",
    ),
    "city_malformed": ("{city} is not the code of a city", "{city} 不是城市代码"),
    "city_twice_listed": (
        "the city {city} is listed twice; it is counted once",
        "城市 {city} 重复列出，只计一次",
    ),
    "city_two_keys": (
        "the city {city} is listed with two different keys: nothing of it is counted",
        "城市 {city} 列有两个不同的密钥：其数据不计入",
    ),
    "city_twice": (
        "a second manifest of the city {city}: it is left out",
        "城市 {city} 的第二份清单：不予采用",
    ),
    "city_elsewhere": (
        "the manifest is of the city {city} and lies in the folder of another: it is left out",
        "清单属于城市 {city}，却放在别的文件夹中：不予采用",
    ),
    "city_unknown": (
        "the city {city} is not on the list of cities: nothing of it is counted",
        "城市 {city} 不在城市清单中：其数据不计入",
    ),
    "manifest_missing": (
        "the city {city} has no manifest: nothing of it is counted",
        "城市 {city} 没有清单：其数据不计入",
    ),
    "manifest_unreadable": (
        "the manifest cannot be read: nothing of the city {city} is counted",
        "清单无法读取：城市 {city} 的数据不计入",
    ),
    "signature_missing": (
        "the manifest is not signed: nothing of the city {city} is counted",
        "清单没有签名：城市 {city} 的数据不计入",
    ),
    "signature_forged": (
        "the signature is not that of the city {city}: nothing of it is counted",
        "签名与城市 {city} 不符：其数据不计入",
    ),
    "schema_unknown": (
        "schema {version} is not known here: nothing of the city {city} is counted",
        "不认识数据结构版本 {version}：城市 {city} 的数据不计入",
    ),
    "schema_older": (
        "the city {city} writes the older schema {version}: brought forward, what it lacks is not known",
        "城市 {city} 使用旧版数据结构 {version}：已转换，缺少的内容视为未知",
    ),
    "clock_ahead": (
        "the manifest was made at {made_at}, which is still to come: the clock of the city {city} is wrong",
        "清单的时间 {made_at} 尚未到来：城市 {city} 的时钟有误",
    ),
    "path_foreign": (
        "the manifest of {city} lists {path}, which is not a place for its files, or lists it twice: left out",
        "{city} 的清单列出 {path}，该位置不属于它或重复列出：不予采用",
    ),
    "table_unknown": (
        "the star schema has no such table: the file of {city} is left out",
        "星型结构中没有这张表：{city} 的该文件不计入",
    ),
    "content_twice": (
        "the same content as {first}: the file of {city} is left out",
        "内容与 {first} 相同：{city} 的该文件不计入",
    ),
    "partition_missing": (
        "the manifest of {city} lists the file, and it is not there: the rest is counted",
        "{city} 的清单列有该文件，但文件缺失：其余照常统计",
    ),
    "file_changed": (
        "the file is not what {city} signed: it is left out",
        "该文件与 {city} 签名时不一致：不计入",
    ),
    "file_unreadable": (
        "the file of {city} cannot be read: it is left out",
        "{city} 的该文件无法读取：不计入",
    ),
    "rows_differ": (
        "the file of {city} has {rows} rows and not {told}: it is left out",
        "{city} 的该文件有 {rows} 行，而不是 {told} 行：不计入",
    ),
    "columns_differ": (
        "columns are missing or of another kind ({columns}): the file of {city} is left out",
        "缺少列或列的类型不符（{columns}）：{city} 的该文件不计入",
    ),
    "statistics_missing": (
        "the file says nothing of what its column {column} holds: the file of {city} is left out",
        "该文件没有列 {column} 的统计信息：{city} 的该文件不计入",
    ),
    "cells_empty": (
        "empty cells in the column {column}: the file of {city} is left out",
        "列 {column} 有空单元格：{city} 的该文件不计入",
    ),
    "value_impossible": (
        "impossible numbers in the column {column}: the file of {city} is left out",
        "列 {column} 中有不可能的数值：{city} 的该文件不计入",
    ),
    "year_differs": (
        "rows from {first} to {last} lie in the folder of another year: the file of {city} is left out",
        "{first} 至 {last} 的数据放在别的年份的文件夹中：{city} 的该文件不计入",
    ),
    "period_ahead": (
        "rows of {city} up to {period}, which is still to come: what lies after {until} is left out",
        "{city} 的数据到 {period}，尚未到来：{until} 之后的不计入",
    ),
    "table_missing": (
        "the city {city} has handed over nothing of {table}",
        "城市 {city} 没有交来 {table} 的数据",
    ),
    "year_missing": (
        "the city {city} has years before and after {year}, but nothing of {table} in it",
        "城市 {city} 在 {year} 年前后都有数据，但缺少该年的 {table}",
    ),
    "not_listed": (
        "no signed manifest lists the file: it is left out",
        "没有任何已签名的清单列出该文件：不计入",
    ),
    "nothing_to_count": ("there is nothing that can be counted", "没有可以统计的数据"),
    "out_in_lake": ("results may not be written into the lake", "结果不能写入数据湖"),
    "scheme_of_grades": (
        "a scheme with grades cannot be recomputed from a lake, which holds points",
        "数据湖只存分数，含等级的方案无法重新计算",
    ),
    "no_spark": (
        "Spark needs Java 17 and the package pyspark: run make system, then make setup",
        "Spark 需要 Java 17 和 pyspark：请先运行 make system，再运行 make setup",
    ),
}
