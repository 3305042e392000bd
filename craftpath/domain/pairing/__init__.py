"""Pairing: who teaches whom, from when until when, with what share of the work – as a graph, not as a field.

Words: pair 师徒结对 (an agreement between people, of one kind, with goals), bond 师带徒关系 (one arrow in it: who
teaches, who learns, as what and with which share), kind 结对类型 (master and apprentice, layered chain, mutual
learning, red suit and white smock), deputy 代理师傅 (teaches while somebody is away), standing 师傅资格 (how many
somebody may teach at one place, and since when qualified), house rule 结对规则 (what one office holds to).
Neighbours: a bond to an apprentice is written down into `apprenticeships` as a party, which is what opens the
apprentice's record to the teacher. Above it stand those who judge, log and pay.

This room is meant to be copied: one file for each question, every write an action, every refusal a code.
"""
