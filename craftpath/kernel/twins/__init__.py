"""Two records of one person: found by what they share (`finding`), looked through (`plans`), merged (`merging`).

Nothing is merged by itself. Which columns move is asked of the tables themselves (`columns`); what is to be done
otherwise with some of them stands in `handling.toml`.
"""
