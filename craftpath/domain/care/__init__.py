"""Care: what went wrong, and who sees to it.

Words: incident 事故 (something that hurt or could have hurt; reported by whoever sees the apprentice), notification
法定报告 (what a law wants told to an authority, by a day), measure 整改措施 (what somebody does about it, by a day),
complaint 投诉 (an apprentice's or mentor's own words about a person, an organisation or a situation), handler 受理人
(who looks after one complaint), named person 被投诉人, statement 陈述 (what one side says).

A complaint exists for its complainant, its handlers and, once told, the person named; for nobody else, whatever their
role. Neighbours: hours for rates come in as values.
"""
