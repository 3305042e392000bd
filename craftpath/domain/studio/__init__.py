"""Studio: new occupations drafted with enterprises, tried with a class, decided on, and given on as training projects.

A draft occupation 新职业草案 has versions; one is written at a time, and from the moment it is proposed nothing of it
changes (`writing`, `moving`). A version is held beside others (`comparing`), tried (`trying`), decided on (`adopting`)
and published (`publishing`). Neighbours: charts of `occupations` and lists of `standards` are what drafts grow from and
what they become.
"""
