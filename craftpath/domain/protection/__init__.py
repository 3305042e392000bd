"""Protection of personal data: what people ask of their own data, and what the office answers, in time.

Sits over the nouns whose records may have to be kept: whether somebody can be erased is asked of them.
"""
