"""Addresses of allowances."""

from django.urls import path

from craftpath.delivery.web.allowances import board, doing, files, mine, questions, rule, rules, run

app_name = "allowances"
urlpatterns = [
    path("", mine.mine, name="mine"),
    path("lines/<str:line>/ask/", questions.ask, name="ask"),
    path("questions/", questions.questions, name="questions"),
    path("questions/<str:question>/answer/", questions.answer, name="answer"),
    path("questions/<str:question>/withdraw/", questions.withdraw, name="withdraw"),
    path("board/", board.board, name="board"),
    path("board/start/", doing.start, name="start"),
    path("runs/<str:run>/", run.run, name="run"),
    path("runs/<str:run>/lines.<str:form>", run.lines_file, name="lines_file"),
    path("runs/<str:run>/teachers.<str:form>", run.teachers_file, name="teachers_file"),
    path("runs/<str:run>/do/", doing.do, name="do"),
    path("runs/<str:run>/correct/", doing.correct, name="correct"),
    path("runs/<str:run>/file/", files.take, name="take"),
    path("rules/", rules.rules, name="rules"),
    path("rules/<str:book>/do/", rules.do, name="book_do"),
    path("rules/<str:book>/new/", rule.new, name="rule_new"),
    path("rules/<str:book>/<slug:rule>/", rule.edit, name="rule_edit"),
    path("files/", files.files, name="files"),
    path("files/references/", files.references, name="references"),
    path("files/new/", files.new, name="template_new"),
    path("files/<str:template>/", files.edit, name="template_edit"),
    path("files/<str:template>/remove/", files.remove, name="template_remove"),
]
