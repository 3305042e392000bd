"""Sign-in, sign-out, password, own settings. Sign-up and mail links of allauth are not among them."""

from allauth.account import views as allauth_views
from django.urls import include, path

from craftpath.delivery.web.accounts import inbox, invitation, merged, privacy, safer, sessions, views
from craftpath.delivery.web.accounts.forms import PasswordAgain
from craftpath.delivery.web.tokens import own as tokens

own = (
    [
        path("settings/", views.own_settings, name="settings"),
        path("sessions/", sessions.sessions, name="sessions"),
        path("tokens/", tokens.tokens, name="tokens"),
        path("tokens/new/", tokens.new, name="new_token"),
        path("tokens/<str:client>/", tokens.change, name="token"),
        path("notices/", inbox.inbox, name="inbox"),
        path("notices/read/", inbox.read, name="read"),
        path("notices/topics/", inbox.topics, name="topics"),
        path("privacy/", privacy.privacy, name="privacy"),
        path("privacy/looks/", privacy.looks, name="looks"),
        path("privacy/consent/", privacy.consent, name="consent"),
        path("privacy/record.zip", privacy.record, name="record"),
        path("privacy/notice/<str:notice>/", privacy.notice, name="notice"),
        path("merged/<str:merge>/", merged.merged, name="merged"),
        path("invitation/<str:token>/", invitation.invitation, name="invitation"),
    ],
    "accounts",
)

# The names are those that allauth looks for.
factors = [
    path("", safer.index, name="mfa_index"),
    path("code/", safer.AskForCode.as_view(), name="mfa_authenticate"),
    path("code/again/", safer.CodeAgain.as_view(), name="mfa_reauthenticate"),
    path("app/on/", safer.TurnOnApp.as_view(), name="mfa_activate_totp"),
    path("app/off/", safer.TurnOffApp.as_view(), name="mfa_deactivate_totp"),
    path("codes/", safer.recovery_codes, name="mfa_view_recovery_codes"),
    path("codes/new/", safer.NewCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("passkeys/add/", safer.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("passkeys/again/", safer.PasskeyAgain.as_view(), name="mfa_reauthenticate_webauthn"),
    path("passkeys/sign-in/", safer.SignInWithPasskey.as_view(), name="mfa_login_webauthn"),
    path("passkeys/<int:pk>/name/", safer.RenamePasskey.as_view(), name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", safer.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
]

urlpatterns = [
    path("", include(own)),
    path("safer/", include(factors)),
    path("login/", views.SignInPage.as_view(), name="account_login"),
    path(
        "logout/",
        allauth_views.LogoutView.as_view(template_name="accounts/logout.html"),
        name="account_logout",
    ),
    path("password/", views.PasswordPage.as_view(), name="account_change_password"),
    path(
        "reauthenticate/",
        allauth_views.ReauthenticateView.as_view(
            form_class=PasswordAgain, template_name="accounts/reauthenticate.html"
        ),
        name="account_reauthenticate",
    ),
]
