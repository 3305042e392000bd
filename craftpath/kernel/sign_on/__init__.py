"""Sign-on with an organisation's own account: providers as rows, whom they may vouch for, and what groups mean.

A provider vouches only for people whose every role lies at its organisation or below, or who linked the account
themselves while they were signed in: nobody's provider opens somebody else's organisation.
"""
