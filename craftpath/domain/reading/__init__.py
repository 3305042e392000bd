"""Reading: lists of texts with a purpose, clubs that read in a rhythm, notes on passages, a record of one's own.

Words: list 书单 (with who leads it 领读人), text 读物 (with its licence 授权), step 阅读进度 (what is read until when),
member 书友, note 批注 (one's own until it is shared), record 阅读记录 (finished 读完, confirmed 已确认).
Stands on forums: a club meets and talks in a forum that belongs to its list, and a note that is shared is a thread
there. A text that may not be copied is only pointed to.
"""
