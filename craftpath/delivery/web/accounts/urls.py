"""Sign-in, sign-out, password, own settings. Sign-up and mail links of allauth are not among them."""

from allauth.account import views as allauth_views
from django.urls import include, path

from craftpath.delivery.web.accounts import views
from craftpath.delivery.web.accounts.forms import PasswordAgain

own = ([path("settings/", views.own_settings, name="settings")], "accounts")

urlpatterns = [
    path("", include(own)),
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
