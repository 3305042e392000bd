"""All addresses. What belongs to an organisation stands under `/o/<organisation>/`; the rest names itself public."""

from django.conf import settings
from django.urls import include, path

from craftpath.delivery.web.shell.refusals import learn_reasons
from craftpath.domain.accreditation import texts as accreditation
from craftpath.domain.activity import texts as activity
from craftpath.domain.agreements import texts as agreements
from craftpath.domain.allowances import texts as allowances
from craftpath.domain.appraisals import texts as appraisals
from craftpath.domain.apprenticeships import texts as apprenticeships
from craftpath.domain.bookings import texts as bookings
from craftpath.domain.bulletins import texts as bulletins
from craftpath.domain.care import texts as care
from craftpath.domain.certificates import texts as certificates
from craftpath.domain.claims import texts as claims
from craftpath.domain.committees import texts as committees
from craftpath.domain.courses import texts as courses
from craftpath.domain.credits import texts as credits
from craftpath.domain.curricula import texts as curricula
from craftpath.domain.directives import texts as directives
from craftpath.domain.evaluation import texts as evaluation
from craftpath.domain.exams import texts as exams
from craftpath.domain.forums import texts as forums
from craftpath.domain.groups import texts as groups
from craftpath.domain.growth import texts as growth
from craftpath.domain.insight import texts as insight
from craftpath.domain.learning import texts as learning
from craftpath.domain.logbook import texts as logbook
from craftpath.domain.lti import texts as lti
from craftpath.domain.matching import texts as matching
from craftpath.domain.mentoring import texts as mentoring
from craftpath.domain.needs import texts as needs
from craftpath.domain.occupations import texts as occupations
from craftpath.domain.offers import texts as offers
from craftpath.domain.outside import texts as outside
from craftpath.domain.packages import texts as packages
from craftpath.domain.pairing import texts as pairing
from craftpath.domain.partnership import texts as partnership
from craftpath.domain.passport import texts as passport
from craftpath.domain.pilots import texts as pilots
from craftpath.domain.places import texts as places
from craftpath.domain.programmes import texts as programmes
from craftpath.domain.protection import texts as protection
from craftpath.domain.questions import texts as questions
from craftpath.domain.reading import texts as reading
from craftpath.domain.resources import texts as resources
from craftpath.domain.reviews import texts as reviews
from craftpath.domain.sharing import texts as sharing
from craftpath.domain.standards import texts as standards
from craftpath.domain.stories import texts as stories
from craftpath.domain.studio import texts as studio
from craftpath.domain.study import texts as study
from craftpath.domain.subsidies import texts as subsidies
from craftpath.domain.surveys import texts as surveys
from craftpath.domain.teaching import texts as teaching
from craftpath.domain.training import texts as training
from craftpath.domain.ventures import texts as ventures
from craftpath.domain.workshops import texts as workshops
from craftpath.kernel.points import texts as points

for noun in (
    activity,
    programmes,
    committees,
    partnership,
    sharing,
    bookings,
    ventures,
    certificates,
    accreditation,
    offers,
    places,
    directives,
    apprenticeships,
    agreements,
    evaluation,
    exams,
    care,
    training,
    learning,
    logbook,
    reviews,
    pairing,
    matching,
    teaching,
    allowances,
    subsidies,
    mentoring,
    appraisals,
    occupations,
    surveys,
    needs,
    curricula,
    growth,
    study,
    credits,
    pilots,
    stories,
    studio,
    courses,
    questions,
    packages,
    outside,
    lti,
    resources,
    forums,
    reading,
    groups,
    standards,
    workshops,
    bulletins,
    passport,
    claims,
    insight,
    protection,
):
    learn_reasons(noun.REASONS)
learn_reasons(points.REASONS)

WEB = "craftpath.delivery.web"

inside = [
    path("cohorts/", include(f"{WEB}.apprenticeships.urls")),
    path("agreements/", include(f"{WEB}.agreements.urls")),
    path("cooperation/", include(f"{WEB}.partnership.urls")),
    path("sharing/", include(f"{WEB}.sharing.urls")),
    path("committees/", include(f"{WEB}.committees.urls")),
    path("bookings/", include(f"{WEB}.bookings.urls")),
    path("ventures/", include(f"{WEB}.ventures.urls")),
    path("certificates/", include(f"{WEB}.certificates.urls")),
    path("register/", include(f"{WEB}.accreditation.urls")),
    path("desk/", include(f"{WEB}.offers.urls")),
    path("papers/", include(f"{WEB}.signing.urls")),
    path("print/", include(f"{WEB}.papers.urls")),
    path("results/", include(f"{WEB}.evaluation.urls")),
    path("log/", include(f"{WEB}.logbook.urls")),
    path("guests/", include(f"{WEB}.light.urls")),
    path("links/", include(f"{WEB}.links.urls")),
    path("guardians/", include(f"{WEB}.guardians.urls")),
    path("sync/", include(f"{WEB}.sync.urls")),
    path("imports/", include(f"{WEB}.sheets.urls")),
    path("layouts/", include(f"{WEB}.layouts.urls")),
    path("schemes/", include(f"{WEB}.programmes.urls")),
    path("items/", include(f"{WEB}.exams.urls")),
    path("blueprints/", include(f"{WEB}.blueprints.urls")),
    path("examinations/", include(f"{WEB}.candidacies.urls")),
    path("sittings/", include(f"{WEB}.sittings.urls")),
    path("sittings/", include(f"{WEB}.itemreport.urls")),
    path("standards/", include(f"{WEB}.standards.urls")),
    path("plan/", include(f"{WEB}.training.urls")),
    path("sessions/", include(f"{WEB}.learning.urls")),
    path("gates/", include(f"{WEB}.progression.urls")),
    path("reviews/", include(f"{WEB}.reviews.urls")),
    path("pairing/", include(f"{WEB}.pairing.urls")),
    path("matching/", include(f"{WEB}.matching.urls")),
    path("teaching/", include(f"{WEB}.teaching.urls")),
    path("allowances/", include(f"{WEB}.allowances.urls")),
    path("subsidies/", include(f"{WEB}.subsidies.urls")),
    path("mentoring/", include(f"{WEB}.mentoring.urls")),
    path("appraisals/", include(f"{WEB}.appraisals.urls")),
    path("frameworks/", include(f"{WEB}.frameworks.urls")),
    path("occupations/", include(f"{WEB}.occupations.urls")),
    path("catalogues/", include(f"{WEB}.catalogues.urls")),
    path("studio/", include(f"{WEB}.studio.urls")),
    path("surveys/", include(f"{WEB}.surveys.urls")),
    path("needs/", include(f"{WEB}.needs.urls")),
    path("curricula/", include(f"{WEB}.curricula.urls")),
    path("growth/", include(f"{WEB}.growth.urls")),
    path("study/", include(f"{WEB}.study.urls")),
    path("credits/", include(f"{WEB}.credits.urls")),
    path("indicators/", include(f"{WEB}.indicators.urls")),
    path("support/", include(f"{WEB}.support.urls")),
    path("pilots/", include(f"{WEB}.pilots.urls")),
    path("stories/", include(f"{WEB}.stories.urls")),
    path("courses/", include(f"{WEB}.courses.urls")),
    path("questions/", include(f"{WEB}.questions.urls")),
    path("packages/", include(f"{WEB}.packages.urls")),
    path("outside/", include(f"{WEB}.outside.urls")),
    path("resources/", include(f"{WEB}.resources.urls")),
    path("forums/", include(f"{WEB}.forums.urls")),
    path("reading/", include(f"{WEB}.reading.urls")),
    path("groups/", include(f"{WEB}.groups.urls")),
    path("workshops/", include(f"{WEB}.workshops.urls")),
    path("bulletins/", include(f"{WEB}.bulletins.urls")),
    path("record/", include(f"{WEB}.passport.urls")),
    path("practical/", include(f"{WEB}.judging.urls")),
    path("claims/", include(f"{WEB}.claims.urls")),
    path("requests/", include(f"{WEB}.protection.urls")),
    path("handover/", include(f"{WEB}.handover.urls")),
    path("places/", include(f"{WEB}.places.urls")),
    path("directives/", include(f"{WEB}.directives.urls")),
    path("care/", include(f"{WEB}.care.urls")),
    path("people/", include(f"{WEB}.people.urls")),
    path("deadlines/", include(f"{WEB}.duties.urls")),
    path("workdays/", include(f"{WEB}.workdays.urls")),
    path("hooks/", include(f"{WEB}.hooks.urls")),
    path("sign-in/", include(f"{WEB}.signon.urls")),
    path("directory/", include(f"{WEB}.directory.urls")),
    path("tokens/", include(f"{WEB}.tokens.urls")),
    path("tools/", include(f"{WEB}.lti.urls")),
    path("points/", include(f"{WEB}.points.urls")),
    path("history/", include(f"{WEB}.history.urls")),
    path("find/", include(f"{WEB}.find.urls")),
]

urlpatterns = [
    # Programs ask often and for one thing each, so their addresses are looked through first.
    path("api/v1/", include("craftpath.delivery.api.urls")),
    path("", include("craftpath.delivery.lrs.urls")),
    path("ims/", include("craftpath.delivery.ims.urls")),
    path("scim/v2/", include("craftpath.delivery.scim.urls")),
    path("", include(f"{WEB}.desks.urls")),
    path("", include(f"{WEB}.shell.urls")),
    path("", include(f"{WEB}.sync.offline_urls")),
    path("m/", include(f"{WEB}.light.public_urls")),
    path("account/organisation/", include(f"{WEB}.signon.public_urls")),
    path("account/", include(f"{WEB}.accounts.urls")),
    path("", include(f"{WEB}.calendars.urls")),
    path("me/record/", include(f"{WEB}.passport.me_urls")),
    path("me/said/", include(f"{WEB}.support.me_urls")),
    path("me/requests/", include(f"{WEB}.protection.me_urls")),
    path("r/", include(f"{WEB}.passport.public_urls")),
    path("start/", include(f"{WEB}.start.urls")),
    path("guardian/", include(f"{WEB}.guardians.public_urls")),
    path("exam/", include(f"{WEB}.hall.urls")),
    path("s/", include(f"{WEB}.surveys.public_urls")),
    path("sign/", include(f"{WEB}.signing.public_urls")),
    path("exchange/", include(f"{WEB}.points.public_urls")),
    path("register/", include(f"{WEB}.accreditation.public_urls")),
    path("reply/", include(f"{WEB}.offers.public_urls")),
    path("trade/", include(f"{WEB}.occupations.public_urls")),
    path("stories/", include(f"{WEB}.stories.public_urls")),
    path("w/", include(f"{WEB}.workshops.public_urls")),
    path("b/", include(f"{WEB}.bulletins.public_urls")),
    path("oai/", include(f"{WEB}.resources.public_urls")),
    path("projects/", include(f"{WEB}.studio.public_urls")),
    path("", include(f"{WEB}.verify.key_urls")),
    path("at/", include(f"{WEB}.places.public_urls")),
    path("figures/", include(f"{WEB}.indicators.public_urls")),
    path("c/", include(f"{WEB}.verify.urls")),
    path("me/", include(f"{WEB}.verify.own_urls")),
    path("developers/", include(f"{WEB}.developers.urls")),
    path("lti/", include(f"{WEB}.lti.public_urls")),
    path("components/", include(f"{WEB}.components.urls")),
    path("o/<slug:organisation>/", include(inside)),
]

if settings.SOCIALACCOUNT_PROVIDERS:
    urlpatterns.append(path("account/sign-on/", include(f"{WEB}.accounts.sign_on_urls")))

if settings.DEMO:
    urlpatterns.append(path("demo/", include(f"{WEB}.demo.urls")))

handler404 = f"{WEB}.shell.faults.not_found"
handler500 = f"{WEB}.shell.faults.broken"
