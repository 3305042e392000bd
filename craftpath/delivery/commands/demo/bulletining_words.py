"""What stands in the demo's bulletins, in both languages. All people and figures are made up."""

from __future__ import annotations

from typing import Any

TITLE = {
    "title": {"zh": "澜川匠途", "en": "Lanchuan Craftpath"},
    "motto": {"zh": "核心技能试点简报", "en": "Bulletin of the pilot on core skills"},
}
LEAD_HEAD = {
    "zh": "{came} 人坐到一起，谈学徒怎样学会合作",
    "en": "{came} people, two days: how does an apprentice learn to work with others?",
}
LEAD_BODY = {
    "zh": (
        "来自 {places} 家单位的 {came} 人参加了试点第一期研讨会，四十人在主校区报告厅，其余在线上。两天里没有长篇报告："
        "每个上午由一位师傅和一名学徒一起上台，讲一件真实的活儿。\n"
        "金恒机械的一位师傅带来一根车废的轴。他说，徒弟第一次没有问就动手，第二次问了三个人。“会问，是合作的第一步。”\n"
        "三所院校已把“提问与复述”写进第一阶段的培训计划，第二期研讨会将带着记录回来。"
    ),
    "en": (
        "{came} people of {places} organisations came to the first workshop of the pilot, forty of them in the lecture "
        "hall of the main campus and all others on line. There were no long speeches: each morning a master and an "
        "apprentice told of one real piece of work.\n"
        "A master of Jinheng Machinery had brought a shaft that was turned too small. The first time his apprentice "
        "asked nobody, he said, and the second time three people. “To ask is where working together begins.”\n"
        "Three colleges have since put “asking and saying it back” into the plan of the first stage."
    ),
}
REPORT = {
    "head": {
        "zh": "从“听懂了”到“做得出”：研讨会纪要",
        "en": "From “I see” to “I can”: notes of the workshop",
    },
    "body": {
        "zh": (
            "第一天看证据。五家单位展示学徒的培训日志、师傅点评和工件照片，与会者分组判断：哪一条能证明“解决问题”在长进？"
            "分歧最大的是团队任务，最后约定由两位师傅分别记录。\n"
            "第二天谈做法。三家小企业合用一位师傅，每周五下午轮流到厂；提问最多的是“谁付这半天的工资”。"
        ),
        "en": (
            "The first day was about evidence. Five organisations showed logs, remarks of masters and photographs of "
            "work, and groups judged which of them prove that somebody solves problems better than before. They "
            "differed most on tasks of a team, and agreed that two masters write down what they see.\n"
            "The second day was about ways of doing it. Three small enterprises share one master, who comes on Friday "
            "afternoons; most people asked who pays for that half day."
        ),
    },
}
CASE = {
    "head": {
        "zh": "班前五分钟：让学徒先说再做",
        "en": "Five minutes before work that belong to the apprentices",
    },
    "body": {
        "zh": (
            "每天班前由一名学徒说明当天任务、风险和求助对象，师傅只提问、不打断；每周轮换，用一页观察表记录。试行六个月、"
            "28 名学徒：因沟通不清的返工由每季 14 次降到 5 次，主动报告异常由每周 3 次升到 11 次。"
        ),
        "en": (
            "Before work one apprentice tells the task of the day, its risks and whom to ask for help. Masters ask and "
            "do not interrupt; turns change each week, and one page of notes is kept. In six months with 28 "
            "apprentices, pieces done twice for want of words fell from 14 to 5 a quarter, and faults that somebody "
            "reported unasked rose from 3 to 11 a week."
        ),
    },
}
IMPRINT = {
    "words": {
        "zh": "主办：澜川市人社局试点办公室。引语均经本人同意。数字取自培训记录。",
        "en": "Published by the pilot office of Lanchuan. All who are quoted agreed. Figures: the training record.",
    }
}
WORKSHOP = {
    "alt": {"zh": "车间里，师傅和学徒在车床两侧", "en": "A master and an apprentice at a lathe"},
    "caption": {"zh": "先说一遍，再上手", "en": "Say it back first, then do it"},
    "people": "nobody",
    "agreed": "",
}
HALL = {
    "alt": {
        "zh": "报告厅里坐满了人，幕布上是一张柱状图",
        "en": "A full hall in front of a chart on the wall",
    },
    "caption": {
        "zh": "主校区报告厅：哪一张照片能证明他会了？",
        "en": "In the hall: which picture proves that he can?",
    },
    "people": "nobody",
    "agreed": "",
}
MASTER = {
    "words": {
        "zh": "带徒弟也是自己重新学一遍。讲不清楚的那一步，往往是我自己糊弄过去的一步。",
        "en": "Teaching is learning once more. The step that I cannot explain is mostly one that I used to skip.",
    },
    "about": {"zh": "金恒机械，带徒师傅", "en": "Master at Jinheng Machinery"},
}
GUEST: dict[str, Any] = {
    "name": "何海燕",
    "words": {
        "zh": "我们原来只数学徒做了几件，现在先看他问了几个人。返工少了，车间里的话多了。",
        "en": "We used to count pieces. Now we look first at whom an apprentice asked, and less is done twice.",
    },
    "about": {"zh": "金恒机械，人力资源总监", "en": "Head of personnel, Jinheng Machinery"},
}
APPRENTICE = {
    "words": {
        "zh": "以前我怕问，觉得问了就是不会。现在师傅先让我把他的话说一遍，说不出来的地方，就是我真不懂的地方。",
        "en": "I was afraid to ask. Now my master lets me say it back first, and where I cannot, I have not got it.",
    },
    "about": {"zh": "数控车工学徒", "en": "Apprentice, CNC turner"},
}
