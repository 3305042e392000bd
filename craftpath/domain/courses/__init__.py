"""Courses on line: units of activities, frozen in versions, followed by a cohort or by whoever wants to.

An author writes the draft of a `Course` (`writing`, `files`); publishing freezes it as a `CourseVersion` (`moving`). A
`Run` says who follows which version (`running`): a running cohort stays on its own until the office moves it. What
somebody has done is `Progress`, an activity a row (`doing`, `quizzing`, `handing`, `ticking`), named by the key that an
activity keeps through all versions.

Stands on the item bank (`exams`), cohorts (`apprenticeships`) and lists of skills (`standards`).
"""
