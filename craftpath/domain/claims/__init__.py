"""Claims: certificates that were issued elsewhere, until an officer has verified them, and what they count for then.

Words: claim 外部证书申报 (claimed, returned, verified, refused, withdrawn, revoked; expired is a matter of the day),
evidence 佐证材料 (a photo, a PDF, a digital credential), decision 审核意见 (what an officer did, and how it was found),
trusted issuer 可信签发方 (whose signatures the
office knows). What is verified is that a certificate is real and this person's; whether it is enough for something is
asked where everything is asked, in `certificates.holding`: there `counting.py` says what somebody holds from outside.
"""
