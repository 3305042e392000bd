"""Forums: people who learn and work meet in a rhythm, with an agenda and take-aways, and talk in threads between.

Words: forum 论坛 (with a host 主持人, a rhythm 周期, who follows 关注), meeting 活动 (invited 受邀, coming 参加,
was there 到场), topic 议题 (suggested, supported), take-away 收获与行动 (who, by when), thread 话题, post 帖子,
news 公告, quoting 引用, report 举报, hiding 隐藏.
Stands on apprenticeships (whose class), questions (how words are kept and minded) and activity. What a forum belongs to
(`of`: a study group, a reading list, a unit) is known by its pointer only; `owners` asks it who sees and who hosts.
"""
