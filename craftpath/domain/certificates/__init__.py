"""Certificates: what somebody has shown, said by an organisation, so that anybody can check it for years.

Words: kind of certificate 证书类型 (draft, active, retired; what it is for, what it asks, how it looks), requirement
条件 (rows; the same for certificates of this site and for outside ones), certificate 证书 (issued, replaced, revoked;
expired is a matter of the day, not a state), number 证书编号, batch 批次 (many at once, resumable), issuer's key
签发密钥 (made, retired, revoked; sealed), status list 状态列表 (which do not hold any more, for other programs).
Stands on progression, growth, courses and pairing, which say what somebody has done; signing itself is an engine.
"""
