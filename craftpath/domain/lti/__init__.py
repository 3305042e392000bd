"""LTI 1.3 both ways: tools that courses launch, and platforms (Moodle, Canvas) that launch courses here.

As a platform: `Tool`, the `Link` that a course holds, the `Placement` of a link in one run, line items and what tools
say of people. As a tool: `Platform`, the `Identity` of somebody there, the `Entry` by which they come, and grades that
go back. Both sign with the organisation's own `Key`.
"""
